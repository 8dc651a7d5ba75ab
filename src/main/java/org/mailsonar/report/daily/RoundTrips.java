package org.mailsonar.report.daily;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long mail took that came back in time. What did not, or came back too late, is counted elsewhere and in none of these: a time-out is no time.
 *
 * @param number how many
 * @param median so long or less took half of them; null when there is none, as the next three
 * @param p95 likewise 95 of 100
 * @param p99 likewise 99 of 100
 * @param worst the longest
 * @param counted whether some are known only as counted by hours: then the others are upper bounds
 */
public record RoundTrips(
        long number,
        @Nullable Duration median,
        @Nullable Duration p95,
        @Nullable Duration p99,
        @Nullable Duration worst,
        boolean counted) {

    private static final String NOTHING = "–";

    /** None at all. */
    public static final RoundTrips NONE = new RoundTrips(0, null, null, null, null, false);

    /** The median for people: {@code 0.041 s}, {@code ≤ 3.000 s} where it is a bound, a dash for none. */
    public String medianText() {
        return bound(median);
    }

    /** The 95th percentile, likewise. */
    public String p95Text() {
        return bound(p95);
    }

    /** The 99th percentile, likewise. */
    public String p99Text() {
        return bound(p99);
    }

    /** The longest, likewise. */
    public String worstText() {
        return bound(worst);
    }

    private String bound(@Nullable Duration time) {
        return time == null ? NOTHING : (counted ? "≤ " : "") + Figures.time(time);
    }
}
