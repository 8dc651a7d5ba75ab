package org.mailsonar.roundtrip;

import java.time.Duration;
import java.time.Instant;

/**
 * A probe's time there and back.
 *
 * @param received when the return was received, by the wall clock
 * @param time how long the round trip took; never negative
 * @param clock which clock measured {@code time}
 * @param resolution how exact {@code time} is: the return may have been waiting for this long before it was seen
 */
public record RoundTrip(Instant received, Duration time, Clock clock, Duration resolution) {

    /** Which clock measured. */
    public enum Clock {
        /** The monotonic clock of one process that saw both ends; a step of the wall clock cannot bend it. */
        MONOTONIC,
        /** The wall clock, since the probe was sent by another process or before a restart. */
        WALL
    }

    public RoundTrip {
        if (time.isNegative()) {
            time = Duration.ZERO; // the wall clock was set back between the two ends
        }
    }

    /** The time in seconds. */
    public double seconds() {
        return time.toNanos() / 1e9;
    }
}
