package org.mailsonar.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.LedgerException;

/**
 * Commits the work of many callers together, since a commit waits for the disk and the work itself hardly takes time. A thread
 * takes what is waiting, does it in one transaction, commits, and only then lets the callers go on. Nobody waits for company: who
 * comes alone is served at once.
 *
 * <p>When one piece of work fails, all are rolled back and each is done in a transaction of its own, so that one failure undoes nothing
 * of the others. A commit that fails is not tried again, as it may have happened all the same: every caller hears of it.
 * Within a transaction the work goes by the order of its keys; so two transactions that touch the same rows, be it in
 * two processes, touch them in the same order and never wait for each other in a circle. Thread-safe.
 */
final class GroupWriter implements AutoCloseable {

    private static final int MOST = 256;

    private final Database database;
    private final Jdbi connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Task<?>> waiting = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    /** Writes to a database, which is not closed here. The threads start with the first work. */
    GroupWriter(Database database) {
        this.database = database;
        this.connections = Jdbi.create(database.forWriting());
    }

    /**
     * Does some work and returns when it is on disk.
     *
     * @param key names the row that is touched
     * @throws LedgerException when it failed; nothing of it is left then
     */
    <T extends @Nullable Object> T write(String key, HandleCallback<T, RuntimeException> work) {
        return run(new Task<>(key, work));
    }

    /** The same for work that touches rows of several keys: in a transaction of its own. */
    <T extends @Nullable Object> T writeAlone(HandleCallback<T, RuntimeException> work) {
        return run(new Task<>(Task.ALONE, work));
    }

    private <T extends @Nullable Object> T run(Task<T> task) {
        enqueue(task);
        try {
            return task.done.join();
        } catch (CompletionException failed) {
            throw database.explain(failed);
        }
    }

    /** How many callers wait whose work has not been taken up. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(Task<?> task) {
        lock.lock();
        try {
            if (closed) {
                throw database.explain(new IllegalStateException("it is closed"));
            }
            if (threads.isEmpty()) {
                startThreads();
            }
            waiting.add(task);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void startThreads() {
        for (int number = 1; number <= database.writers(); number++) {
            threads.add(
                    Thread.ofPlatform().daemon().name("ledger-writer-" + number).start(this::serve));
        }
    }

    private void serve() {
        for (List<Task<?>> batch = next(); !batch.isEmpty(); batch = next()) {
            run(batch);
        }
    }

    /** Waits for work; empty when there will be none any more. */
    private List<Task<?>> next() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Task<?>> batch = new ArrayList<>();
            if (!waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            while (batch.size() < MOST && !waiting.isEmpty() && fits(waiting.element(), batch.getFirst())) {
                batch.add(waiting.remove());
            }
            batch.sort(Comparator.comparing(task -> task.key));
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private static boolean fits(Task<?> task, Task<?> first) {
        return !task.isAlone() && !first.isAlone();
    }

    private void run(List<Task<?>> batch) {
        Progress progress = new Progress();
        try (Handle handle = connections.open()) {
            database.inTransaction(handle, () -> {
                batch.forEach(task -> task.run(handle));
                progress.committing = true;
            });
        } catch (RuntimeException | Error failed) {
            if (batch.size() > 1 && !progress.committing && isOfOne(failed)) {
                runEachAlone(batch);
            } else {
                batch.forEach(task -> task.done.completeExceptionally(failed));
            }
            return;
        }
        batch.forEach(Task::release);
    }

    private boolean isOfOne(Throwable failed) {
        return failed instanceof Exception exception && !database.concernsAll(exception);
    }

    private void runEachAlone(List<Task<?>> batch) {
        batch.forEach(task -> run(List.of(task)));
    }

    /** Lets what is waiting end. What comes later is refused. */
    @Override
    public void close() {
        List<Thread> ending;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            ending = List.copyOf(threads);
        } finally {
            lock.unlock();
        }
        for (Thread thread : ending) {
            join(thread);
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How far a transaction got. */
    private static final class Progress {
        private boolean committing;
    }

    /** One caller's work and where it waits. */
    private static final class Task<T extends @Nullable Object> {

        private static final String ALONE = "";

        private final String key;
        private final HandleCallback<T, RuntimeException> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private @Nullable Runnable release;

        Task(String key, HandleCallback<T, RuntimeException> work) {
            this.key = key;
            this.work = work;
        }

        boolean isAlone() {
            return key.equals(ALONE);
        }

        void run(Handle handle) {
            T result = work.withHandle(handle);
            release = () -> done.complete(result);
        }

        void release() {
            if (release != null) {
                release.run();
            }
        }
    }
}
