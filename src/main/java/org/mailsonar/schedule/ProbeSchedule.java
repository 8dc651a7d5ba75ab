package org.mailsonar.schedule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.OverdueProbes;
import org.mailsonar.roundtrip.ProbeDispatcher;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** Sends each target's probes at its interval and has overdue ones declared lost, until it is closed. Thread-safe. */
public final class ProbeSchedule implements AutoCloseable {

    private static final Duration SWEEP = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final List<Target> targets;
    private final ProbeDispatcher dispatcher;
    private final OverdueProbes overdue;
    private final Ledger ledger;
    private final TimeSource time;
    private final Consumer<String> trouble;
    private final Timer timer;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final Map<String, Boolean> sending = new ConcurrentHashMap<>();
    private final ExecutorService senders = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("probe-", 0).factory());

    /**
     * A schedule that does nothing before {@link #start}.
     *
     * @param trouble takes one line for each thing that failed and will be tried again
     */
    public ProbeSchedule(
            List<Target> targets,
            ProbeDispatcher dispatcher,
            OverdueProbes overdue,
            Ledger ledger,
            TimeSource time,
            Consumer<String> trouble) {
        this(targets, dispatcher, overdue, ledger, time, trouble, new SystemTimer());
    }

    /** With a timer of one's own. */
    ProbeSchedule(
            List<Target> targets,
            ProbeDispatcher dispatcher,
            OverdueProbes overdue,
            Ledger ledger,
            TimeSource time,
            Consumer<String> trouble,
            Timer timer) {
        this.targets = List.copyOf(targets);
        this.dispatcher = dispatcher;
        this.overdue = overdue;
        this.ledger = ledger;
        this.time = time;
        this.trouble = trouble;
        this.timer = timer;
    }

    /** Begins, as {@link FirstRun} says. */
    public void start() {
        Moment now = time.now();
        List<Duration> delays = FirstRun.delays(targets, ledger.newestByTarget(), now.wall());
        for (int i = 0; i < targets.size(); i++) {
            runAt(targets.get(i), now.monotonicNanos() + delays.get(i).toNanos());
        }
        timer.after(Duration.ZERO, this::sweep);
    }

    /** Ends; waits a little for probes that are being handed over, so that what becomes of them still gets into the ledger. */
    @Override
    public void close() {
        timer.close();
        senders.shutdown();
        try {
            if (!senders.awaitTermination(CLOSING.toNanos(), TimeUnit.NANOSECONDS)) {
                tell("a probe was still being handed over when the schedule ended");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether no probe is being handed over and none is being declared lost just now. */
    boolean isIdle() {
        return sending.isEmpty() && !sweeping.get();
    }

    private void runAt(Target target, long planned) {
        timer.after(Duration.ofNanos(planned - time.now().monotonicNanos()), () -> {
            send(target);
            runAt(target, next(planned, target.every().toNanos(), time.now().monotonicNanos()));
        });
    }

    /** The next run by the plan that is still to come: those that a halt of the whole machine has swallowed are left out. */
    static long next(long planned, long every, long now) {
        long missed = Math.max(0, (now - planned) / every);
        return planned + (missed + 1) * every;
    }

    private void send(Target target) {
        if (sending.putIfAbsent(target.name(), true) != null) {
            tell(target.name() + ": the probe before is still being handed over; this one is left out");
            return;
        }
        try {
            senders.execute(() -> dispatch(target));
        } catch (RejectedExecutionException closed) {
            // the schedule has ended meanwhile
        }
    }

    private void dispatch(Target target) {
        try {
            dispatcher.send(target);
        } catch (RuntimeException failed) {
            tell(target.name() + ": the probe cannot be sent or recorded: " + failed.getMessage());
        } finally {
            sending.remove(target.name());
        }
    }

    /** The ledger may keep one waiting, and the timer's thread must not wait. */
    private void sweep() {
        timer.after(SWEEP, this::sweep);
        if (!sweeping.compareAndSet(false, true)) {
            return; // the one before is not through
        }
        try {
            senders.execute(this::declareLost);
        } catch (RejectedExecutionException closed) {
            sweeping.set(false); // the schedule has ended meanwhile
        }
    }

    private void declareLost() {
        try {
            overdue.declareLost();
        } catch (RuntimeException failed) {
            tell("overdue probes could not be looked for: " + failed.getMessage());
        } finally {
            sweeping.set(false);
        }
    }

    /** Whoever is told may fail as well, and the schedule goes on all the same. */
    private void tell(String line) {
        try {
            trouble.accept(line);
        } catch (RuntimeException untold) {
            // nobody is left to tell
        }
    }
}
