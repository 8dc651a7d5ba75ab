package org.mailsonar.intake.directory;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hands files to a desk, a virtual thread for each and so many at a time; never the same file twice at a time. Thread-safe. */
final class Workers {

    private final MailDirectory directory;
    private final FileDesk desk;
    private final Pauses pauses;
    private final Semaphore places;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
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
            submit(key, known == null ? new Todo.Handle(file) : known);
        }
    }

    /** A pause is over. Waits for a place. */
    void resume(Pauses.Pause pause) throws InterruptedException {
        submit(pause.key(), pause.todo());
    }

    private void submit(String key, @Nullable Todo todo) throws InterruptedException {
        if (todo == null || !busy.add(key)) {
            return;
        }
        boolean placed = false;
        try {
            places.acquire();
            placed = true;
            threads.execute(() -> work(key, todo));
        } catch (InterruptedException | RejectedExecutionException ending) {
            busy.remove(key);
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
            busy.remove(key);
            places.release();
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
