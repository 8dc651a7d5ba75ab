package org.mailsonar.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;
import org.mailsonar.time.TimeSource;

/**
 * A ledger on a database that may go away for a while. What arrives meanwhile for probes of this process (returns, bounces, outcomes of
 * sendings) goes into a journal on the local disk with its true time, and from there into the ledger, in order, when the database
 * is back. Nothing is sent meanwhile, as no probe can be entered, and nothing is declared lost. Until the journal is empty,
 * everything goes through it, so a probe's story keeps its order.
 *
 * <p>What the journal holds may be written twice when the program is killed in between: that changes nothing, apart from counters,
 * which may then count one too much. A return of a probe that another process has sent cannot be told apart from a stranger's
 * while the ledger is away: the method throws, so the mail stays where it was. Thread-safe.
 */
final class JournalledLedger implements Ledger {

    private final Ledger ledger;
    private final Outage outage;
    private final FlyingProbes flying = new FlyingProbes();

    /**
     * A ledger with a journal.
     *
     * @param ledger closed with this one
     * @param journal likewise; what it holds from before is written first
     * @param isAway whether a failure of the ledger says that its database is away
     */
    JournalledLedger(Ledger ledger, Journal journal, Predicate<LedgerException> isAway, TimeSource time) {
        this.ledger = ledger;
        this.outage = new Outage(ledger, journal, isAway, time);
    }

    /** Whether the journal is in use. */
    boolean isAway() {
        return outage.isOn();
    }

    @Override
    public void enter(ProbeRecord probe) {
        outage.ask(
                () -> {
                    ledger.enter(probe);
                    return true;
                },
                neverLeft(probe));
        flying.add(probe);
    }

    @Override
    public boolean enter(ProbeRecord probe, Agenda.Claim claim, Instant next) {
        boolean entered = outage.ask(() -> ledger.enter(probe, claim, next), neverLeft(probe));
        if (entered) {
            flying.add(probe);
        }
        return entered;
    }

    /** The database may have entered it before it went away, and would have it in flight though nothing leaves. */
    private static JournalEntry neverLeft(ProbeRecord probe) {
        Outcome outcome = new Outcome.SendFailed("the database went away while it was entered");
        return new JournalEntry.Ended(probe.id(), outcome, probe.sent());
    }

    @Override
    public void submitted(ProbeId id, Instant sent, String reply) {
        outage.write(new JournalEntry.Submitted(id, sent, reply), () -> {
            ledger.submitted(id, sent, reply);
            return true;
        });
    }

    @Override
    public Optional<Entry> returned(ProbeId id, RoundTrip roundTrip, ProbeRecord.@Nullable Evidence evidence) {
        return outage.write(
                new JournalEntry.Returned(id, roundTrip, evidence),
                () -> landed(id, ledger.returned(id, roundTrip, evidence)),
                () -> flying.returned(id, roundTrip, evidence));
    }

    @Override
    public Optional<Entry> end(ProbeId id, Outcome outcome, Instant at) {
        return outage.write(
                new JournalEntry.Ended(id, outcome, at),
                () -> landed(id, ledger.end(id, outcome, at)),
                () -> flying.end(id, outcome, at));
    }

    private Optional<Entry> landed(ProbeId id, Optional<Entry> entry) {
        flying.remove(id);
        return entry;
    }

    @Override
    public void note(ProbeId id, String note) {
        outage.write(new JournalEntry.Noted(id, note), () -> {
            ledger.note(id, note);
            return true;
        });
    }

    @Override
    public void keep(ProbeId id, Paper kind, String text) {
        outage.write(new JournalEntry.Kept(id, kind, text), () -> {
            ledger.keep(id, kind, text);
            return true;
        });
    }

    @Override
    public void count(String counter) {
        outage.write(new JournalEntry.Counted(counter), () -> {
            ledger.count(counter);
            return true;
        });
    }

    /** What this process has sent is known also while the database is away. */
    @Override
    public Optional<ProbeRecord> find(ProbeId id) {
        if (outage.isOn()) {
            Optional<ProbeRecord> probe = flying.find(id);
            if (probe.isPresent()) {
                return probe;
            }
        }
        try {
            return outage.ask(() -> ledger.find(id));
        } catch (LedgerException away) {
            return Optional.of(flying.find(id).orElseThrow(() -> away));
        }
    }

    @Override
    public List<ProbeRecord> overdue(String vantage, String monitor, Instant now) {
        return outage.askWhenCalm(() -> ledger.overdue(vantage, monitor, now));
    }

    @Override
    public List<ProbeRecord> turnedSlow(String vantage, Instant now) {
        return outage.askWhenCalm(() -> ledger.turnedSlow(vantage, now));
    }

    @Override
    public List<ProbeRecord> newest(String target, String vantage, Instant latest, int most) {
        return outage.ask(() -> ledger.newest(target, vantage, latest, most));
    }

    @Override
    public void each(String target, @Nullable Instant since, Consumer<ProbeRecord> reader) {
        ledger.each(target, since, reader);
    }

    @Override
    public Map<Paper, String> papers(ProbeId id) {
        return outage.ask(() -> ledger.papers(id));
    }

    @Override
    public Map<String, ProbeRecord> newestByTarget() {
        return outage.ask(ledger::newestByTarget);
    }

    @Override
    public Map<String, Long> counters() {
        return outage.ask(ledger::counters);
    }

    @Override
    public void close() {
        outage.close();
        ledger.close();
    }
}
