package org.mailsonar.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckBook;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.time.TimeSource;

/**
 * Runs a target's own checks when one of its probes was lost, so that people hear which machine and which protocol is at fault. Each on a
 * virtual thread, a target's once at a time, and a few targets' at a time: when a whole site is gone, there is no rush. Thread-safe.
 */
final class Diagnosing implements AutoCloseable {

    private static final int TARGETS_AT_ONCE = 16;

    private final String vantage;
    private final Function<String, List<Check>> checks;
    private final CheckBook book;
    private final UnaryOperator<CheckResult> sight;
    private final TimeSource time;
    private final Consumer<ProbeRecord> told;
    private final Consumer<String> trouble;
    private final Semaphore free = new Semaphore(TARGETS_AT_ONCE);
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("diagnosis-", 0).factory());

    /**
     * Nothing is looked at yet.
     *
     * @param checks those of a target; none for most
     * @param sight makes of a result what it is worth from here
     * @param told takes the probe again when its target was looked at
     * @param trouble takes one line for each target whose results could not be kept
     */
    Diagnosing(
            String vantage,
            Function<String, List<Check>> checks,
            CheckBook book,
            UnaryOperator<CheckResult> sight,
            TimeSource time,
            Consumer<ProbeRecord> told,
            Consumer<String> trouble) {
        this.vantage = vantage;
        this.checks = checks;
        this.book = book;
        this.sight = sight;
        this.time = time;
        this.told = told;
        this.trouble = trouble;
    }

    /** Looks at a probe's target, if the probe did not get through and the target has checks. */
    void want(ProbeRecord probe) {
        List<Check> own = isFailure(probe.outcome()) ? checks.apply(probe.target()) : List.of();
        if (own.isEmpty() || !running.add(probe.target())) {
            return;
        }
        try {
            threads.execute(() -> run(probe, own));
        } catch (RejectedExecutionException closed) {
            running.remove(probe.target());
        }
    }

    private static boolean isFailure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Lost _, Outcome.Refused _, Outcome.Bounced _, Outcome.Deferred _, Outcome.SendFailed _ -> true;
            case Outcome.InFlight _, Outcome.Returned _, Outcome.Late _, Outcome.Inconclusive _ -> false;
        };
    }

    private void run(ProbeRecord probe, List<Check> own) {
        try {
            free.acquire();
            try {
                look(probe, own);
            } finally {
                free.release();
            }
            told.accept(probe);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            trouble.accept(probe.target() + ": its checks cannot be run or recorded: " + failed.getMessage());
        } finally {
            running.remove(probe.target());
        }
    }

    private void look(ProbeRecord probe, List<Check> own) throws InterruptedException {
        List<Callable<CheckResult>> tasks = new ArrayList<>();
        own.forEach(check -> tasks.add(() -> Looking.at(check, time)));
        for (Future<CheckResult> result : threads.invokeAll(tasks)) {
            try {
                book.add(CheckRecord.of(probe.target(), vantage, sight.apply(result.get())));
            } catch (ExecutionException interrupted) {
                throw new InterruptedException("the schedule ends");
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
