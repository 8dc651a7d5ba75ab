package org.mailsonar.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does things again and again, each on a virtual thread of its own and never twice at the same time. What fails is told, once until it
 * works again, and tried at the next time. Thread-safe.
 */
final class Rounds implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Timer timer;
    private final Consumer<String> trouble;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final Map<String, String> failing = new ConcurrentHashMap<>();
    private final ExecutorService threads;

    /**
     * No rounds yet.
     *
     * @param trouble takes one line for each thing that began to fail
     */
    Rounds(Timer timer, Consumer<String> trouble) {
        this(
                timer,
                trouble,
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("round-", 0).factory()));
    }

    /** With threads of one's own, which are closed here. */
    Rounds(Timer timer, Consumer<String> trouble, ExecutorService threads) {
        this.timer = timer;
        this.trouble = trouble;
        this.threads = threads;
    }

    /**
     * Does this now and then, until all is closed.
     *
     * @param what in words that go before "failed"
     */
    void every(Duration pause, String what, Runnable work) {
        timer.after(Duration.ZERO, () -> turn(pause, what, work));
    }

    private void turn(Duration pause, String what, Runnable work) {
        timer.after(pause, () -> turn(pause, what, work));
        start(what, work);
    }

    /** Does this once, unless it is being done. */
    void start(String what, Runnable work) {
        if (!running.add(what)) {
            return; // the one before is not through
        }
        try {
            threads.execute(() -> run(what, work));
        } catch (RejectedExecutionException closed) {
            running.remove(what); // all has ended meanwhile
        }
    }

    private void run(String what, Runnable work) {
        try {
            work.run();
            failing.remove(what);
        } catch (RuntimeException failed) {
            String line = what + " failed, and is tried again: " + failed.getMessage();
            if (failing.put(what, line) == null) {
                tell(line);
            }
        } finally {
            running.remove(what);
        }
    }

    /** What fails at present, one line each. */
    List<String> troubles() {
        return failing.values().stream().sorted().toList();
    }

    /** Whether nothing is being done just now. */
    boolean isIdle() {
        return running.isEmpty();
    }

    /** Whoever is told may fail as well, and the rounds go on all the same. */
    void tell(String line) {
        try {
            trouble.accept(line);
        } catch (RuntimeException untold) {
            // nobody is left to tell
        }
    }

    /** Ends; waits a little for what is being done. */
    @Override
    public void close() {
        timer.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSING.toNanos(), TimeUnit.NANOSECONDS)) {
                tell("something was still being done when the schedule ended");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
