package org.mailsonar.time;

import java.time.Duration;
import java.time.Instant;

/**
 * One instant, as both clocks of a process showed it.
 *
 * @param wall the wall clock's reading, UTC
 * @param monotonicNanos the monotonic clock's reading in nanoseconds; has a meaning only beside another one of the same
 *     process
 */
public record Moment(Instant wall, long monotonicNanos) {

    /** How long after {@code earlier} this moment was, by the monotonic clock; both must come from the same process. */
    public Duration since(Moment earlier) {
        return Duration.ofNanos(monotonicNanos - earlier.monotonicNanos);
    }
}
