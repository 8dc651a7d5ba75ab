package org.mailsonar.roundtrip;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Notes that the submission host did not take the probe. A return that came all the same stands. */
    void refused(ProbeId id, String why);

    /** Notes that a mail system gave the probe back. A return that came all the same stands; false: no such probe. */
    boolean bounced(ProbeId id, String why);

    /**
     * Enters a return. The first one gives the probe its outcome, also after it was lost, refused or bounced: returned when its time
     * is within the time-out, else late. Any further one is only counted.
     *
     * @return what the probe is now, and whether this return was the first; empty when the ledger has no such probe
     */
    Optional<Entry> returned(ProbeId id, RoundTrip roundTrip, ProbeRecord.@Nullable Evidence evidence);

    /** What {@link #returned} made of a return. */
    record Entry(ProbeRecord probe, boolean first) {}

    /** Declares one probe lost if it is still in flight; false when it is not. */
    boolean lost(ProbeId id);

    /** The probes in flight whose deadline is before an instant, oldest first; at most 1,000. */
    List<ProbeRecord> overdue(Instant now);

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
