package org.mailsonar.schedule;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.ProbeRecord;

/**
 * Has targets judged after something happened to one of their probes, soon and not on the thread on which it happened: whoever brought a
 * return is not kept waiting, and a database that is away delays the judgement and no mail. What several events want is done once.
 * Thread-safe.
 */
final class Reviews implements AutoCloseable {

    private static final int AT_ONCE = 4;

    private final Consumer<ProbeRecord> judge;
    private final Consumer<String> trouble;
    private final Map<String, ProbeRecord> wanted = new ConcurrentHashMap<>();
    private final Map<String, ProbeRecord> failed = new ConcurrentHashMap<>();
    private final Semaphore workers = new Semaphore(AT_ONCE);
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("review-", 0).factory());

    /**
     * Nothing is to be judged yet.
     *
     * @param judge judges the target of a probe
     * @param trouble takes one line for each that failed for another reason than the database
     */
    Reviews(Consumer<ProbeRecord> judge, Consumer<String> trouble) {
        this.judge = judge;
        this.trouble = trouble;
    }

    /** Has the target of a probe judged; of two probes that wait, the one that came last is told of. */
    void want(ProbeRecord probe) {
        if (wanted.put(probe.target(), probe) == null) {
            work();
        }
    }

    /** Tries again what the database did not let be done before. */
    void again() {
        for (String target : List.copyOf(failed.keySet())) {
            ProbeRecord probe = failed.remove(target);
            if (probe != null) {
                want(probe);
            }
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
            for (String target : List.copyOf(wanted.keySet())) {
                ProbeRecord probe = wanted.remove(target); // before it is judged: what happens meanwhile wants it again
                if (probe != null) {
                    judge(probe);
                }
            }
        } finally {
            workers.release();
        }
        if (!wanted.isEmpty()) {
            work();
        }
    }

    private void judge(ProbeRecord probe) {
        try {
            judge.accept(probe);
        } catch (LedgerException away) {
            failed.put(probe.target(), probe);
        } catch (RuntimeException unexpected) {
            trouble.accept(probe.target() + " could not be judged: " + unexpected);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
