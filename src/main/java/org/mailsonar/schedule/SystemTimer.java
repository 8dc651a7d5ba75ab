package org.mailsonar.schedule;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The timer of this machine, by its monotonic clock. Thread-safe. */
final class SystemTimer implements Timer {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule").factory());

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a task tells of its own failures
    public void after(Duration delay, Runnable task) {
        try {
            thread.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // as the interface says
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
