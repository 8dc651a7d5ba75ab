package org.mailsonar.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.OverdueProbes;
import org.mailsonar.roundtrip.ProbeDispatcher;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.time.TimeSource;

/** Sends each target's probes at its interval and has overdue ones declared lost, until it is closed. Thread-safe. */
public final class ProbeSchedule implements AutoCloseable {

    private static final long SWEEP_MILLIS = 500;

    private final List<Target> targets;
    private final ProbeDispatcher dispatcher;
    private final OverdueProbes overdue;
    private final Ledger ledger;
    private final TimeSource time;
    private final Consumer<String> trouble;
    private final Map<String, Boolean> sending = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule").factory());

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
        this.targets = List.copyOf(targets);
        this.dispatcher = dispatcher;
        this.overdue = overdue;
        this.ledger = ledger;
        this.time = time;
        this.trouble = trouble;
    }

    /**
     * Begins: a target that was probed before is due one interval after its last probe, the others are spread over their interval so
     * that many of them are no burst.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // both tasks tell of their own failures
    public void start() {
        Map<String, ProbeRecord> newest = ledger.newestByTarget();
        Instant now = time.now().wall();
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            ProbeRecord last = newest.get(target.name());
            Duration spread = target.every().multipliedBy(i).dividedBy(targets.size());
            Duration delay = last == null ? spread : untilDue(last.sent().plus(target.every()), now, target);
            timer.scheduleAtFixedRate(
                    () -> send(target), delay.toMillis(), target.every().toMillis(), TimeUnit.MILLISECONDS);
        }
        timer.scheduleWithFixedDelay(this::sweep, 0, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** Never more than one interval: a last probe that seems to lie in the future was sent before the clock was set back. */
    private static Duration untilDue(Instant due, Instant now, Target target) {
        Duration delay = Duration.between(now, due);
        if (delay.isNegative()) {
            return Duration.ZERO;
        }
        return delay.compareTo(target.every()) > 0 ? target.every() : delay;
    }

    private void send(Target target) {
        if (sending.putIfAbsent(target.name(), true) != null) {
            trouble.accept(target.name() + ": the probe before is still being handed over; this one is left out");
            return;
        }
        Thread.ofVirtual().name("probe " + target.name()).start(() -> {
            try {
                dispatcher.send(target);
            } catch (RuntimeException failed) {
                trouble.accept(target.name() + ": no probe was sent: " + failed.getMessage());
            } finally {
                sending.remove(target.name());
            }
        });
    }

    private void sweep() {
        try {
            overdue.declareLost();
        } catch (RuntimeException failed) {
            trouble.accept("overdue probes could not be looked for: " + failed.getMessage());
        }
    }
}
