package org.mailsonar.notify;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs tasks later; a task must not block and tells of its failures itself. */
interface Timer extends AutoCloseable {

    /** Runs a task once, after a delay; zero or less is at once. After {@link #close} it does nothing. */
    void after(Duration delay, Runnable task);

    /** Forgets all tasks. */
    @Override
    void close();

    /** By this machine's monotonic clock, on a thread of this name. */
    static Timer system(String name) {
        return new SystemTimer(name);
    }

    /** As above. */
    final class SystemTimer implements Timer {

        private final ScheduledExecutorService thread;

        private SystemTimer(String name) {
            thread = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name(name).factory());
        }

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
}
