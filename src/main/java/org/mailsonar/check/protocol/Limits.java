package org.mailsonar.check.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a check may take.
 *
 * @param timeout all of it, from the look-up on; 10 ms to 10 minutes
 * @param slowAfter from when on it is a warning; null for never
 */
public record Limits(Duration timeout, @Nullable Duration slowAfter) {

    /** Half a minute, and slow at no time. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), null);

    public Limits {
        if (timeout.compareTo(Duration.ofMillis(10)) < 0 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("the time limit of a check is 10ms to 10m");
        }
        if (slowAfter != null && !slowAfter.isPositive()) {
            throw new IllegalArgumentException("the time from which on a check is slow is more than 0");
        }
    }
}
