package org.mailsonar.intake.mailbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends an IDLE when time is up, or earlier when somebody rings; once at most. Thread-safe. */
final class IdleAlarm implements AutoCloseable {

    private final CountDownLatch over = new CountDownLatch(1);
    private final Runnable abort;
    private boolean closed;
    private volatile boolean rung;

    IdleAlarm(Duration limit, Runnable abort) {
        this.abort = abort;
        Thread.ofVirtual().name("idle-alarm").start(() -> await(limit));
    }

    /** Ends the IDLE now. */
    synchronized void ring() {
        if (!rung && !closed) {
            rung = true;
            abort.run();
        }
    }

    /** Ends the IDLE soon, on another thread: whoever calls does not wait for the network. */
    void ringSoon() {
        over.countDown();
    }

    boolean hasRung() {
        return rung;
    }

    /** The IDLE is over: from now on nothing may be sent for it. */
    @Override
    public synchronized void close() {
        closed = true;
        over.countDown();
    }

    private void await(Duration limit) {
        try {
            boolean asked = over.await(limit.toNanos(), TimeUnit.NANOSECONDS);
            assert asked || over.getCount() > 0;
            ring(); // nothing where it is over already
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            ring();
        }
    }
}
