package org.mailsonar.roundtrip;

import java.time.Duration;

/**
 * When a target's probes leave and how long they may take.
 *
 * @param every how often a probe is sent; more than nothing
 * @param slowAfter from when on a round trip, or a probe still in flight, is slow
 * @param timeout from when on a probe is lost
 * @param retryAfter how long after a first loss another probe is sent
 */
public record Timing(Duration every, Duration slowAfter, Duration timeout, Duration retryAfter) {

    /** Every 20 minutes, slow from 2, lost after 10, another one after 30 seconds. */
    public static final Timing STANDARD =
            new Timing(Duration.ofMinutes(20), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofSeconds(30));

    /** Refuses a target that is slow only after it is lost, with an {@link IllegalArgumentException}. */
    public Timing {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("every is not longer than nothing");
        }
        if (slowAfter.compareTo(timeout) > 0) {
            throw new IllegalArgumentException("slowAfter is longer than timeout, so nothing could ever be slow");
        }
    }
}
