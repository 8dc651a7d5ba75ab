package org.mailsonar.intake.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hands files to a desk, a virtual thread for each and so many at a time; never the same file twice at a time. Thread-safe. */
final class Workers {

    private static final Duration SHORTLY = Duration.ofMillis(10);

    private final MailDirectory directory;
    private final FileDesk desk;
    private final Pauses pauses;
    private final Semaphore places;
    private final Set<String> busy = new HashSet<>();
    private final Map<String, Path> foundMeanwhile = new HashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Workers(MailDirectory directory, FileDesk desk, Pauses pauses, int concurrent) {
        this.directory = directory;
        this.desk = desk;
        this.pauses = pauses;
        this.places = new Semaphore(concurrent, true);
    }

    /** A file was found: it is worked on unless it is already, or pauses. Waits for a place. */
    void offer(Path file) throws InterruptedException {
        String key = directory.key(file);
        if (!pauses.isPausing(key)) {
            Todo known = pauses.todo(key);
            submit(key, known == null ? new Todo.Handle(file) : known, file);
        }
    }

    /** A pause is over. Waits for a place. */
    void resume(Pauses.Pause pause) throws InterruptedException {
        submit(pause.key(), pause.todo(), null);
    }

    private void submit(String key, Todo todo, @Nullable Path found) throws InterruptedException {
        if (!begins(key, found)) {
            return;
        }
        boolean placed = false;
        try {
            places.acquire();
            placed = true;
            threads.execute(() -> work(key, todo));
        } catch (InterruptedException | RejectedExecutionException ending) {
            ends(key);
            if (placed) {
                places.release();
            }
            throw ending;
        }
    }

    private void work(String key, Todo todo) {
        try {
            desk.work(key, todo);
        } finally {
            ends(key);
            places.release();
        }
    }

    private synchronized boolean begins(String key, @Nullable Path found) {
        boolean begins = busy.add(key);
        if (!begins && found != null) {
            foundMeanwhile.put(key, found);
        }
        return begins;
    }

    /** What changed, or came under the same name, while the file was worked on is looked at after it. */
    private synchronized void ends(String key) {
        busy.remove(key);
        Path again = foundMeanwhile.remove(key);
        if (again != null && pauses.todo(key) == null) {
            pauses.exactly(key, new Todo.Handle(again), SHORTLY);
        }
    }

    /**
     * Waits for what is being worked on; what takes longer is interrupted, and stays.
     *
     * @return whether all was done
     */
    boolean close(Duration limit) {
        threads.shutdown();
        boolean done = false;
        try {
            done = threads.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        return done;
    }
}
