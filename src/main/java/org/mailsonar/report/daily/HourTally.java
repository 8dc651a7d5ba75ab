package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import org.mailsonar.report.daily.DailyReport.HourOfDay;

/** Gathers an hour of all targets. To be filled by one thread. */
final class HourTally {

    private final Tally all = new Tally();
    private String slowest = "";
    private Duration highest = Duration.ZERO;

    /** Adds a target's hour. */
    void add(String target, Tally tally) {
        all.add(tally);
        Duration p95 = tally.roundTrips().p95();
        if (p95 != null && p95.compareTo(highest) >= 0) {
            highest = p95;
            slowest = target;
        }
    }

    HourOfDay hour(Instant begin, RoundTrips before) {
        return new HourOfDay(begin, all.counts(), all.roundTrips(), slowest, before);
    }
}
