package org.mailsonar.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a long-running command going until somebody stops the process (Ctrl-C, SIGTERM), and lets it close what it opened. A program
 * that was asked to stop and did so ends with 0.
 */
final class UntilStopped implements AutoCloseable {

    /** Longer than a listener waits for the messages that are being handled. */
    private static final long CLOSING_SECONDS = 20;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Begins to listen for the request to stop. Close this last: the process ends then. */
    UntilStopped() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }

    /** Waits for the request to stop. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** Waits for the request to stop, for so long at most; true when it came. */
    boolean await(long time, TimeUnit unit) throws InterruptedException {
        return asked.await(time, unit);
    }

    /** Everything is closed. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void stop() {
        boolean wasRunning = closed.getCount() > 0;
        asked.countDown();
        try {
            boolean clean = closed.await(CLOSING_SECONDS, TimeUnit.SECONDS);
            if (wasRunning) {
                Runtime.getRuntime().halt(clean ? ExitStatus.GOOD : ExitStatus.UNKNOWN);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
