package org.mailsonar.schedule;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.mailsonar.roundtrip.LedgerException;

/**
 * Has targets judged after something happened to one of their probes, soon and not on the thread on which it happened: whoever brought a
 * return is not kept waiting, and a database that is away delays the judgement and no mail. What several events want is done once.
 * Thread-safe.
 */
final class Reviews implements AutoCloseable {

    private static final int AT_ONCE = 4;

    private final Consumer<String> judge;
    private final Consumer<String> trouble;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final Semaphore workers = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("review-", 0).factory());

    /**
     * Nothing is to be judged yet.
     *
     * @param judge judges the target of a name
     * @param trouble takes one line for each that failed for another reason than the database
     */
    Reviews(Consumer<String> judge, Consumer<String> trouble) {
        this.judge = judge;
        this.trouble = trouble;
    }

    /** Has a target judged. */
    void want(String target) {
        if (wanted.add(target)) {
            work();
        }
    }

    /** Tries again what the database did not let be done before. */
    void again() {
        for (Iterator<String> each = failed.iterator(); each.hasNext(); ) {
            String target = each.next();
            each.remove();
            want(target);
        }
    }

    /** Whether nothing waits and nothing is being judged. */
    boolean isIdle() {
        return wanted.isEmpty() && workers.availablePermits() == AT_ONCE;
    }

    private void work() {
        if (!workers.tryAcquire()) {
            return; // those at work look again before they end
        }
        try {
            threads.execute(this::judgeAll);
        } catch (RejectedExecutionException closed) {
            workers.release();
        }
    }

    private void judgeAll() {
        try {
            for (Iterator<String> each = wanted.iterator(); each.hasNext(); ) {
                String target = each.next();
                if (wanted.remove(target)) { // before it is judged: what happens meanwhile wants it again
                    judge(target);
                }
            }
        } finally {
            workers.release();
        }
        if (!wanted.isEmpty()) {
            work();
        }
    }

    private void judge(String target) {
        try {
            judge.accept(target);
        } catch (LedgerException away) {
            failed.add(target);
        } catch (RuntimeException unexpected) {
            trouble.accept(target + " could not be judged: " + unexpected);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
