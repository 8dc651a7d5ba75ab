package org.mailsonar.roundtrip;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.ProbeId;

/**
 * The book of all probes. What a method has returned from is on disk: a crash of the process or of the machine does not undo it.
 * Several processes may use the same ledger at a time. Thread-safe. Every method throws {@link LedgerException} when the book
 * cannot be read or written; nothing is half done then.
 */
public interface Ledger extends AutoCloseable {

    /** Enters a probe before it leaves; its outcome is in flight. */
    void enter(ProbeRecord probe);

    /**
     * Notes that the submission host took the probe, with its reply.
     *
     * @param sent when it really left, which replaces the time at which it was entered
     */
    void submitted(ProbeId id, Instant sent, String reply);

    /**
     * Enters a return. The first one gives the probe its outcome, also after it was lost, refused or bounced: returned when its time
     * is within the time-out, else late. Any further one is only counted.
     *
     * @return what the probe is now, and whether this return was the first; empty when the ledger has no such probe
     */
    Optional<Entry> returned(ProbeId id, RoundTrip roundTrip, ProbeRecord.@Nullable Evidence evidence);

    /** What {@link #returned} made of a return. */
    record Entry(ProbeRecord probe, boolean first) {}

    /**
     * Enters a probe that the agenda has given out, and moves the agenda on to the next one, both or neither.
     *
     * @param next when the target's next probe is due
     * @return false when the claim has run out and another monitor has it: then nothing is entered, and nothing may leave
     */
    boolean enter(ProbeRecord probe, Agenda.Claim claim, Instant next);

    /**
     * Gives a probe an outcome other than a return. One that came back keeps what it is; lost and inconclusive are entered for a probe
     * in flight alone; the others also replace these two.
     *
     * @param at since when
     * @return what the probe is now, and whether this call made it so; empty when the ledger has no such probe
     */
    Optional<Entry> end(ProbeId id, Outcome outcome, Instant at);

    /** Notes what a mail system said of a probe that is on its way; nothing where there is no such probe. */
    void note(ProbeId id, String note);

    /**
     * The probes of a vantage that are in flight and whose deadline is before an instant: those of one monitor first, and then those of all
     * others, each oldest first; at most 1,000.
     */
    List<ProbeRecord> overdue(String vantage, String monitor, Instant now);

    /**
     * The probes of a vantage that are in flight and slow at an instant, each of them given out once, to one of all monitors; at most
     * 1,000.
     */
    List<ProbeRecord> turnedSlow(String vantage, Instant now);

    /**
     * The newest probes of a target at a vantage, newest first by sending.
     *
     * @param latest those sent after this instant are left out: they are of before the clock was set back
     */
    List<ProbeRecord> newest(String target, String vantage, Instant latest, int most);

    /**
     * Shows the probes of a target, oldest first, one at a time and never all in memory.
     *
     * @param since those sent at or after this instant; null for all
     */
    void each(String target, @Nullable Instant since, Consumer<ProbeRecord> reader);

    /** Keeps a text beside a probe, at most 16,000 characters; what was kept as the same kind before is replaced. */
    void keep(ProbeId id, Paper kind, String text);

    /** What is kept beside a probe. */
    Map<Paper, String> papers(ProbeId id);

    /** What may be kept beside a probe. */
    enum Paper {
        /** The dialogue in which it was handed over, without secrets. */
        SUBMISSION,
        /** What its return, or its arrival in a mailbox, tells of its way. */
        WAY,
        /** What its bounce tells. */
        BOUNCE
    }

    /** One probe. */
    Optional<ProbeRecord> find(ProbeId id);

    /** The newest probe of each target, by target. */
    Map<String, ProbeRecord> newestByTarget();

    /** Adds one to a counter that outlives the process, such as {@code stranger}. */
    void count(String counter);

    /** All counters with their values. */
    Map<String, Long> counters();

    @Override
    void close();
}
