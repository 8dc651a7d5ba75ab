package org.mailsonar.schedule;

import java.time.Duration;
import java.util.PriorityQueue;
import org.mailsonar.testing.TestClock;

/** A timer whose tasks run when a test lets time pass, on the test's own thread. */
final class ManualTimer implements Timer {

    private record Task(long due, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return due == other.due ? Long.compare(number, other.number) : Long.compare(due, other.due);
        }
    }

    private final TestClock clock;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private boolean closed;
    private long number;

    ManualTimer(TestClock clock) {
        this.clock = clock;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        if (!closed) {
            tasks.add(new Task(nanos() + Math.max(0, delay.toNanos()), number++, task));
        }
    }

    /** Lets time pass, and runs each task at its moment. */
    void pass(Duration time) {
        long end = nanos() + time.toNanos();
        while (!tasks.isEmpty() && tasks.element().due() <= end) {
            Task task = tasks.remove();
            clock.pass(Duration.ofNanos(Math.max(0, task.due() - nanos())));
            task.work().run();
        }
        clock.pass(Duration.ofNanos(end - nanos()));
    }

    private long nanos() {
        return clock.now().monotonicNanos();
    }

    @Override
    public void close() {
        closed = true;
        tasks.clear();
    }
}
