package org.mailsonar.report.daily;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long mail took that came back, in time or late. What did not come back is not in here.
 *
 * @param number how many
 * @param median so long or less took half of them; null when there is none, as the next three
 * @param p95 likewise 95 of 100
 * @param p99 likewise 99 of 100
 * @param worst the longest
 * @param counted whether some are known only as counted by hours: then the percentiles are upper bounds
 */
public record RoundTrips(
        long number,
        @Nullable Duration median,
        @Nullable Duration p95,
        @Nullable Duration p99,
        @Nullable Duration worst,
        boolean counted) {

    /** None at all. */
    public static final RoundTrips NONE = new RoundTrips(0, null, null, null, null, false);

    /** One of its times for people: {@code 0.041 s}, {@code ≤ 3.00 s} where it is a bound, a dash for none. */
    public String text(@Nullable Duration time) {
        return time == null ? "–" : (counted && !time.equals(worst) ? "≤ " : "") + Figures.time(time);
    }
}
