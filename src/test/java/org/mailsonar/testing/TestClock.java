package org.mailsonar.testing;

import java.time.Duration;
import java.time.Instant;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** Two clocks that stand still until a test moves them, together or the wall clock alone. Thread-safe. */
public final class TestClock implements TimeSource {

    private Moment now;

    /** Shows this time. */
    public TestClock(Instant wall) {
        this.now = new Moment(wall, 1_000_000_007L);
    }

    @Override
    public synchronized Moment now() {
        return now;
    }

    /** Time passes. */
    public synchronized Moment pass(Duration time) {
        now = new Moment(now.wall().plus(time), now.monotonicNanos() + time.toNanos());
        return now;
    }

    /** Somebody sets the wall clock; no time passes. */
    public synchronized void stepWall(Duration step) {
        now = new Moment(now.wall().plus(step), now.monotonicNanos());
    }
}
