package org.mailsonar.report.daily;

import java.util.EnumMap;
import java.util.Map;
import org.mailsonar.roundtrip.ProbeArchive.Ending;
import org.mailsonar.roundtrip.ProbeArchive.Hour;
import org.mailsonar.roundtrip.ProbeArchive.Sample;
import org.mailsonar.roundtrip.ProbeArchive.UpTo;

/** Counts probes. To be filled by one thread. */
final class Tally {

    private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
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
            endings.merge(sample.ending(), 1L, Long::sum);
            slow += sample.isSlow() ? 1 : 0;
        }
        duplicates += sample.duplicates();
        if (sample.ending() == Ending.RETURNED) {
            latencies.add(sample.roundTripNanos());
        }
    }

    /** Counts those of an hour that are gone. */
    void add(Hour hour) {
        hour.endings().forEach((ending, number) -> endings.merge(ending, number, Long::sum));
        addTimes(hour, latencies);
    }

    /** Adds how long those of an hour took that are gone. */
    static void addTimes(Hour hour, Latencies latencies) {
        // Counted with all that came back; those that were late are the longest.
        long inTime = hour.endings().getOrDefault(Ending.RETURNED, 0L);
        for (UpTo some : hour.roundTrips()) {
            long counted = Math.min(inTime, some.number());
            if (counted > 0) {
                latencies.addUpTo(some.time().toNanos(), counted);
            }
            inTime -= counted;
        }
    }

    /** Counts all that another has counted. */
    void add(Tally other) {
        other.endings.forEach((ending, number) -> endings.merge(ending, number, Long::sum));
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
        return endings.getOrDefault(ending, 0L);
    }

    RoundTrips roundTrips() {
        return latencies.roundTrips();
    }
}
