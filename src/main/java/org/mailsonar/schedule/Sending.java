package org.mailsonar.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.ProbeDispatcher;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.time.TimeSource;

/**
 * Takes what is due from the agenda and sends it, each probe on a virtual thread of its own: a host that hangs holds up nobody else, as
 * long as fewer than {@link #AT_ONCE} hang. Thread-safe.
 */
final class Sending implements AutoCloseable {

    /** How many probes are handed over at a time; what is due beyond that waits on the agenda. */
    static final int AT_ONCE = 256;

    /** A claim is entered within moments; when the monitor is killed before, another one has it after this time. */
    private static final Duration CLAIM = Duration.ofSeconds(10);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final MonitorSettings settings;
    private final Agenda agenda;
    private final Function<String, Optional<Target>> targets;
    private final Consumer<Agenda.Claim> others;
    private final ProbeDispatcher dispatcher;
    private final TimeSource time;
    private final Consumer<String> trouble;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Set<String> sending = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("probe-", 0).factory());

    /**
     * Nothing is sent before {@link #sendDue}.
     *
     * @param targets finds a target by its name
     * @param others takes what is due and no probe
     * @param trouble takes one line for each probe that could not be sent or recorded
     */
    Sending(
            MonitorSettings settings,
            Agenda agenda,
            Function<String, Optional<Target>> targets,
            Consumer<Agenda.Claim> others,
            ProbeDispatcher dispatcher,
            TimeSource time,
            Consumer<String> trouble) {
        this.settings = settings;
        this.agenda = agenda;
        this.targets = targets;
        this.others = others;
        this.dispatcher = dispatcher;
        this.time = time;
        this.trouble = trouble;
    }

    /** Begins to send all that is due and for which there is room. */
    void sendDue() {
        List<Agenda.Claim> claims;
        do {
            int room = Math.min(free.availablePermits(), AT_ONCE / 2);
            if (room == 0) {
                return;
            }
            Instant now = time.now().wall();
            claims = agenda.claim(settings.vantage(), settings.monitor(), now, now.plus(CLAIM), room);
            claims.forEach(this::begin);
        } while (claims.size() >= AT_ONCE / 2);
    }

    /** Whether no probe is being handed over just now. */
    boolean isIdle() {
        return free.availablePermits() == AT_ONCE;
    }

    private void begin(Agenda.Claim claim) {
        Optional<Target> target = targets.apply(claim.target());
        if (target.isEmpty()) {
            others.accept(claim);
            return;
        }
        Instant next = next(claim.due(), target.get().every(), time.now().wall());
        if (!sending.add(claim.target())) {
            trouble.accept(claim.target() + ": the probe before is still being handed over; this one is left out");
            agenda.putBack(claim, next);
            return;
        }
        free.acquireUninterruptibly();
        try {
            threads.execute(() -> send(target.get(), claim, next));
        } catch (RejectedExecutionException closed) {
            done(claim);
        }
    }

    private void send(Target target, Agenda.Claim claim, Instant next) {
        try {
            dispatcher.send(target, claim, next);
        } catch (RuntimeException failed) {
            trouble.accept(target.name() + ": the probe cannot be sent or recorded: " + failed.getMessage());
        } finally {
            done(claim);
        }
    }

    private void done(Agenda.Claim claim) {
        sending.remove(claim.target());
        free.release();
    }

    /** The next run by the plan that is still to come: those that a halt of the whole machine has swallowed are left out. */
    static Instant next(Instant planned, Duration every, Instant now) {
        long missed = Math.max(0, Duration.between(planned, now).dividedBy(every));
        return planned.plus(every.multipliedBy(missed + 1));
    }

    /** Ends; waits a little for probes that are being handed over, so that what becomes of them still gets into the ledger. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSING.toNanos(), TimeUnit.NANOSECONDS)) {
                trouble.accept("a probe was still being handed over when the schedule ended");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
