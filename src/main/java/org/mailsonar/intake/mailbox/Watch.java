package org.mailsonar.intake.mailbox;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How long a mailbox is watched, what wakes whoever waits meanwhile, and where it tells that all is well. Thread-safe.
 *
 * <p>A wake is not lost when it comes just before somebody begins to wait: it counts until {@link #forgetWake}, which is called before it is
 * asked whether mail is expected.
 */
final class Watch {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Runnable good;
    private boolean ended;
    private boolean woken;
    private @Nullable Runnable interruption;

    /** A watch that goes on until it is ended. */
    Watch(Runnable good) {
        this.good = good;
    }

    /** The mailbox was looked at to the end. */
    void good() {
        good.run();
    }

    boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it: whoever waits goes on at once. */
    void end() {
        signal(true);
    }

    /** Mail begins to be expected: whoever rests goes on at once. */
    void wake() {
        signal(false);
    }

    /** From here on only wakes count that come later. */
    void forgetWake() {
        lock.lock();
        try {
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or until the end; a wake changes nothing. */
    void pause(Duration time) {
        await(time, false);
    }

    /** Waits for so long, until a wake, or until the end. */
    void rest(Duration time) {
        await(time, true);
    }

    /** Runs this at a wake and at the end, at once where one has come; replaces what was to be run before. */
    void interruptBy(Runnable action) {
        lock.lock();
        try {
            interruption = action;
            if (!ended && !woken) {
                return;
            }
        } finally {
            lock.unlock();
        }
        action.run();
    }

    /** There is nothing to be interrupted any more. */
    void interruptNothing() {
        lock.lock();
        try {
            interruption = null;
        } finally {
            lock.unlock();
        }
    }

    private void signal(boolean end) {
        Runnable action;
        lock.lock();
        try {
            ended |= end;
            woken = true;
            changed.signalAll();
            action = interruption;
        } finally {
            lock.unlock();
        }
        if (action != null) {
            action.run();
        }
    }

    private void await(Duration time, boolean untilWake) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (left > 0 && !ended && !(untilWake && woken)) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            ended = true;
        } finally {
            lock.unlock();
        }
    }
}
