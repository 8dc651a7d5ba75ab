package org.mailsonar.store;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/**
 * The probes that this process has sent and that have not ended, as the ledger has them: so a return can be answered for while the
 * ledger cannot be asked. Those that another process has ended, and never told of, are forgotten an hour after their time-out.
 * When there are too many, the oldest are forgotten. Thread-safe.
 */
final class FlyingProbes {

    private static final int MOST = 200_000;
    private static final int BETWEEN_CLEANINGS = 1_000;

    /** So long after its time-out a probe is forgotten: its return went to another process, or never came. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final Map<ProbeId, ProbeRecord> probes = new LinkedHashMap<>();
    private long added;

    synchronized void add(ProbeRecord probe) {
        probes.put(probe.id(), probe);
        added++;
        if (added % BETWEEN_CLEANINGS == 0) {
            probes.values().removeIf(old -> old.deadline().plus(KEPT).isBefore(probe.sent()));
        }
        if (probes.size() > MOST) {
            probes.remove(probes.keySet().iterator().next());
        }
    }

    synchronized Optional<ProbeRecord> find(ProbeId id) {
        return Optional.ofNullable(probes.get(id));
    }

    synchronized void remove(ProbeId id) {
        probes.remove(id);
    }

    /** As {@link Ledger#end} does. */
    synchronized Optional<Ledger.Entry> end(ProbeId id, Outcome outcome, Instant at) {
        return find(id).map(probe -> {
            boolean ends = probe.outcome() instanceof Outcome.InFlight
                    || (ProbeRow.isOnlyWaiting(probe.outcome()) && !ProbeRow.isOnlyWaiting(outcome));
            return new Ledger.Entry(ends ? put(probe.with(outcome, at)) : probe, ends);
        });
    }

    /** As {@link Ledger#returned} does. */
    synchronized Optional<Ledger.Entry> returned(ProbeId id, RoundTrip trip, ProbeRecord.@Nullable Evidence evidence) {
        return find(id).map(probe -> {
            boolean first = !(probe.outcome() instanceof Outcome.Returned || probe.outcome() instanceof Outcome.Late);
            return new Ledger.Entry(put(first ? came(probe, trip, evidence) : cameAgain(probe)), first);
        });
    }

    private static ProbeRecord came(ProbeRecord probe, RoundTrip trip, ProbeRecord.@Nullable Evidence evidence) {
        boolean inTime = trip.time().compareTo(probe.timeout()) <= 0;
        Outcome outcome = inTime ? new Outcome.Returned(trip) : new Outcome.Late(trip);
        return copy(probe, outcome, trip.received(), 0, evidence);
    }

    private static ProbeRecord cameAgain(ProbeRecord probe) {
        return copy(probe, probe.outcome(), probe.ended(), probe.duplicates() + 1, probe.evidence());
    }

    private static ProbeRecord copy(
            ProbeRecord probe,
            Outcome outcome,
            @Nullable Instant ended,
            int duplicates,
            ProbeRecord.@Nullable Evidence evidence) {
        return new ProbeRecord(
                probe.id(),
                probe.target(),
                probe.address(),
                probe.vantage(),
                probe.monitor(),
                probe.retry(),
                probe.sent(),
                probe.slowAfter(),
                probe.timeout(),
                probe.submission(),
                outcome,
                ended,
                probe.note(),
                duplicates,
                evidence);
    }

    private ProbeRecord put(ProbeRecord probe) {
        probes.put(probe.id(), probe);
        return probe;
    }
}
