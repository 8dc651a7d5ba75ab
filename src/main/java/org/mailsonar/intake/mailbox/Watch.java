package org.mailsonar.intake.mailbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How long a mailbox is watched, and where it tells that all is well. Thread-safe. */
final class Watch {

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicReference<@Nullable Runnable> atEnd = new AtomicReference<>();
    private final Runnable good;

    /** A watch that goes on until it is ended. */
    Watch(Runnable good) {
        this.good = good;
    }

    /** The mailbox was looked at to the end. */
    void good() {
        good.run();
    }

    boolean hasEnded() {
        return end.getCount() == 0;
    }

    /** Ends it: whoever waits goes on at once. */
    void end() {
        end.countDown();
        Runnable action = atEnd.get();
        if (action != null) {
            action.run();
        }
    }

    /** Waits for so long, or until the end. */
    void pause(Duration time) {
        try {
            boolean ended = end.await(time.toNanos(), TimeUnit.NANOSECONDS);
            assert !ended || hasEnded();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            end.countDown();
        }
    }

    /** Runs this at the end as well, at once where it has come; replaces what was to be run before. */
    void atEnd(Runnable action) {
        atEnd.set(action);
        if (hasEnded()) {
            action.run();
        }
    }

    /** There is nothing to be run at the end any more. */
    void atEndNothing() {
        atEnd.set(null);
    }
}
