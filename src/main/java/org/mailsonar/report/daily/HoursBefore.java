package org.mailsonar.report.daily;

import java.time.Instant;
import org.mailsonar.roundtrip.ProbeArchive.Ending;
import org.mailsonar.roundtrip.ProbeArchive.Hour;
import org.mailsonar.roundtrip.ProbeArchive.Sample;

/**
 * How long mail took in the week before, by the hour of the day, over all targets of that time. An hour is what clocks call it: on a day on which
 * they are put, one may be there twice or not at all. To be filled by one thread.
 */
final class HoursBefore {

    private static final int HOURS = 24;
    private static final long SECONDS = 3_600;

    private final ReportDay day;
    private final Week week;
    private final int[][] clock;
    private final Latencies[] byClock = new Latencies[HOURS];

    HoursBefore(ReportDay day) {
        this.day = day;
        this.week = new Week(day, day.weekFrom());
        this.clock = day.daysBefore().stream()
                .map(one -> one.hours().stream()
                        .mapToInt(hour -> hour.atZone(day.zone()).getHour())
                        .toArray())
                .toArray(int[][]::new);
        for (int i = 0; i < HOURS; i++) {
            byClock[i] = new Latencies();
        }
    }

    /** Counts a probe of the week. */
    void add(Sample sample) {
        if (sample.ending() == Ending.RETURNED) {
            at(sample.sent()).add(sample.roundTripNanos());
        }
    }

    /** Counts an hour's probes of the week that are gone. */
    void add(Hour counted) {
        Tally.addTimes(counted, at(counted.begin()));
    }

    private Latencies at(Instant instant) {
        int index = week.dayOf(instant);
        int[] hours = clock[index];
        long hour = (instant.getEpochSecond() - week.beginOf(index)) / SECONDS;
        return byClock[hours[(int) Math.clamp(hour, 0, hours.length - 1L)]];
    }

    /** What they tell together of the hour that has the same name by the clock. */
    RoundTrips of(Instant hour) {
        return byClock[hour.atZone(day.zone()).getHour()].roundTrips();
    }
}
