package org.mailsonar.intake.smtp;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the bytes that all arriving messages of a listener hold together, so that many large ones at a time are put off instead of
 * filling the heap. Thread-safe.
 */
final class ContentMemory {

    private volatile long limit;
    private final AtomicLong taken = new AtomicLong();

    ContentMemory(long limit) {
        this.limit = limit;
    }

    /** From now on lets so many bytes be taken. */
    void limit(long bytes) {
        limit = bytes;
    }

    /** Takes so many bytes if there are that many; gives whether there were. */
    boolean take(int bytes) {
        if (taken.addAndGet(bytes) <= limit) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    /** Takes so few bytes that it may be beyond the limit. */
    void takeAnyway(int bytes) {
        taken.addAndGet(bytes);
    }

    /** Gives bytes back that were taken. */
    void giveBack(int bytes) {
        taken.addAndGet(-bytes);
    }

    /** Whether more than half is taken, so that nothing should be kept for later. */
    boolean isTight() {
        return taken.get() > limit / 2;
    }

    /** How many bytes are taken. */
    long taken() {
        return taken.get();
    }
}
