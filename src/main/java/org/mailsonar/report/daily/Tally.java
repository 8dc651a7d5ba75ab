package org.mailsonar.report.daily;

import java.util.Map;
import org.mailsonar.roundtrip.ProbeArchive.Ending;
import org.mailsonar.roundtrip.ProbeArchive.Hour;
import org.mailsonar.roundtrip.ProbeArchive.Sample;
import org.mailsonar.roundtrip.ProbeArchive.UpTo;

/** Counts probes. To be filled by one thread. */
final class Tally {

    private final long[] endings = new long[Ending.values().length];
    private final Latencies latencies = new Latencies();
    private long slow;
    private long notApplicable;
    private long duplicates;

    /**
     * Counts one.
     *
     * @param applies whether the target was applicable when it was sent
     */
    void add(Sample sample, boolean applies) {
        if (!applies) {
            notApplicable++;
        } else {
            endings[sample.ending().ordinal()]++;
            slow += sample.isSlow() ? 1 : 0;
        }
        duplicates += sample.duplicates();
        if (sample.ending() == Ending.RETURNED || sample.ending() == Ending.LATE) {
            latencies.add(sample.roundTripNanos());
        }
    }

    /** Counts those of an hour that are gone. */
    void add(Hour hour) {
        for (Map.Entry<Ending, Long> some : hour.endings().entrySet()) {
            endings[some.getKey().ordinal()] += some.getValue();
        }
        for (UpTo some : hour.roundTrips()) {
            latencies.addUpTo(some.time().toNanos(), some.number());
        }
    }

    /** Counts all that another has counted. */
    void add(Tally other) {
        for (int i = 0; i < endings.length; i++) {
            endings[i] += other.endings[i];
        }
        slow += other.slow;
        notApplicable += other.notApplicable;
        duplicates += other.duplicates;
        latencies.add(other.latencies);
    }

    ProbeCounts counts() {
        return new ProbeCounts(
                of(Ending.RETURNED),
                slow,
                of(Ending.LATE),
                of(Ending.LOST),
                of(Ending.REFUSED),
                of(Ending.BOUNCED),
                of(Ending.DEFERRED),
                of(Ending.SEND_FAILED),
                of(Ending.INCONCLUSIVE),
                of(Ending.IN_FLIGHT),
                notApplicable,
                duplicates);
    }

    private long of(Ending ending) {
        return endings[ending.ordinal()];
    }

    RoundTrips roundTrips() {
        return latencies.roundTrips();
    }
}
