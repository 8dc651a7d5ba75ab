package org.mailsonar.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.mailsonar.check.CheckResult;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.CheckAssessor;
import org.mailsonar.verdict.CheckTarget;

/**
 * Runs checks that are due, each on a virtual thread of its own and never one twice at the same time; what hangs holds up no probe. A
 * check moves on upon the agenda before it is run: one that dies with the monitor is not repeated, the next one tells. Thread-safe.
 */
final class Checking implements AutoCloseable {

    /** How many are run at a time; what is due beyond that waits on the agenda. */
    static final int AT_ONCE = 64;

    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final Duration MOST_WAIT = Duration.ofSeconds(30);

    private final Agenda agenda;
    private final CheckAssessor assessor;
    private final UnaryOperator<CheckResult> sight;
    private final TimeSource time;
    private final Consumer<String> trouble;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("check-", 0).factory());

    /**
     * Nothing is checked yet.
     *
     * @param sight makes of a result what it is worth from here
     * @param trouble takes one line for each check whose result could not be kept
     */
    Checking(
            Agenda agenda,
            CheckAssessor assessor,
            UnaryOperator<CheckResult> sight,
            TimeSource time,
            Consumer<String> trouble) {
        this.agenda = agenda;
        this.assessor = assessor;
        this.sight = sight;
        this.time = time;
        this.trouble = trouble;
    }

    /** Begins a check that is due on the agenda, or leaves it for later. */
    void begin(CheckTarget target, Agenda.Claim claim) {
        Instant now = time.now().wall();
        Instant next = Sending.next(claim.due(), target.timing().every(), now);
        if (!running.add(target.name())) {
            later(claim, next); // it takes longer than its interval
        } else if (!free.tryAcquire()) {
            running.remove(target.name());
            later(claim, now.plus(pause(target)));
        } else {
            start(target, () -> {
                boolean isFree = target.check().isFree();
                agenda.putBack(claim, isFree ? next : time.now().wall().plus(pause(target)));
                return isFree;
            });
        }
    }

    /** Begins a check that stands on no agenda; false when it is left for later. */
    boolean begin(CheckTarget target) {
        if (!running.add(target.name())) {
            return false;
        }
        if (!free.tryAcquire()) {
            running.remove(target.name());
            return false;
        }
        start(target, target.check()::isFree);
        return true;
    }

    /** When many hang, those that wait do not come back every moment. */
    private static Duration pause(CheckTarget target) {
        Duration tenth = target.timing().every().dividedBy(10);
        Duration atLeast = tenth.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : tenth;
        return atLeast.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : atLeast;
    }

    /** Not on the thread that sends probes, which a database that is slow would hold up. */
    private void later(Agenda.Claim claim, Instant due) {
        try {
            threads.execute(() -> putBack(claim, due));
        } catch (RejectedExecutionException closed) {
            // another monitor has it when the claim runs out
        }
    }

    private void putBack(Agenda.Claim claim, Instant due) {
        try {
            agenda.putBack(claim, due);
        } catch (RuntimeException away) {
            trouble.accept(claim.target() + ": cannot be put back on the agenda: " + away.getMessage());
        }
    }

    private void start(CheckTarget target, BooleanSupplier isToBeRun) {
        try {
            threads.execute(() -> run(target, isToBeRun));
        } catch (RejectedExecutionException closed) {
            done(target);
        }
    }

    private void run(CheckTarget target, BooleanSupplier isToBeRun) {
        try {
            if (isToBeRun.getAsBoolean()) {
                assessor.found(target, sight.apply(Looking.at(target.check(), time)));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            trouble.accept(target.name() + ": the check cannot be run or recorded: " + failed.getMessage());
        } finally {
            done(target);
        }
    }

    private void done(CheckTarget target) {
        running.remove(target.name());
        free.release();
    }

    /** Whether nothing is being checked just now. */
    boolean isIdle() {
        return running.isEmpty();
    }

    /** Ends; what is being checked is given up. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
