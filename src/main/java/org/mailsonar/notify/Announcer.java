package org.mailsonar.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.Change;

/**
 * Tells people of changes, until it is closed. Each second it looks into the outbox, which several monitors share: what nobody has
 * dealt with is put by the rules, what is due is given to one monitor and told by its way on a thread of its own, what failed is tried again
 * and by the next way, and never given up. Thread-safe.
 *
 * <p>A process may end at any instant. A change is put as a whole or not at all; what was given out to a process that has ended is given
 * out again after two minutes. So all is told at least once, and twice where the process ended, or lost the database, between the
 * telling and the note of it.
 */
public final class Announcer implements AutoCloseable {

    /** Longer than any way takes: what is still being told must not be given out to another monitor. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private static final Duration PASS = Duration.ofSeconds(1);
    private static final Duration REMIND = Duration.ofSeconds(10);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration WITHOUT_RULE = Duration.ofMinutes(10);
    private static final Duration LONGEST_WITHOUT_RULE = Duration.ofDays(1);
    private static final int MOST_AT_ONCE = 16;
    private static final int MOST_CHANGES = 500;

    private final Map<String, Chain> chains;
    private final Map<String, Notifier> ways = new LinkedHashMap<>();
    private final Outbox outbox;
    private final Editor editor;
    private final Reminders reminders;
    private final Standing standing;
    private final TimeSource time;
    private final Consumer<String> log;
    private final Timer timer;
    private final AtomicBoolean passing = new AtomicBoolean();
    private final Set<String> telling = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("notify-", 0).factory());
    private @Nullable Instant reminded;
    private String trouble = "";

    /**
     * An announcer that does nothing before {@link #start}.
     *
     * @param log takes one line for each notice that was told or was not, and for trouble with the outbox
     */
    public Announcer(NotifySettings settings, Outbox outbox, TimeSource time, Consumer<String> log) {
        this(settings, opened(settings, time), outbox, time, log, Timer.system("notify"));
    }

    /** With ways and a timer of one's own. */
    Announcer(
            NotifySettings settings,
            Map<String, Notifier> ways,
            Outbox outbox,
            TimeSource time,
            Consumer<String> log,
            Timer timer) {
        this.chains = Chain.of(settings.rules());
        this.ways.putAll(ways);
        this.outbox = outbox;
        this.editor = new Editor(chains, outbox);
        this.reminders = new Reminders(chains, outbox);
        this.standing = new Standing(chains, ways, outbox, time);
        this.time = time;
        this.log = log;
        this.timer = timer;
    }

    private static Map<String, Notifier> opened(NotifySettings settings, TimeSource time) {
        Map<String, Notifier> ways = new LinkedHashMap<>();
        settings.ways().forEach((name, way) -> ways.put(name, way.open(time)));
        return ways;
    }

    /** Begins. */
    public void start() {
        timer.after(Duration.ZERO, this::tick);
    }

    /** The outbox may keep one waiting, and the timer's thread must not wait. */
    private void tick() {
        timer.after(PASS, this::tick);
        if (!passing.compareAndSet(false, true)) {
            return; // the one before is not through
        }
        if (!run(this::pass)) {
            passing.set(false);
        }
    }

    private boolean run(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private void pass() {
        try {
            look();
            if (!trouble.isEmpty()) {
                trouble = "";
                tell("the outbox can be read again");
            }
        } catch (RuntimeException failed) {
            String now = OneLine.printable("what is to be told cannot be read or noted: " + failed.getMessage());
            if (!now.equals(trouble)) {
                trouble = now;
                tell(now); // once, and not each second
            }
        } finally {
            passing.set(false);
        }
    }

    /** Looks once into the outbox. */
    void look() {
        announce();
        Instant now = time.now().wall();
        List<Dispatch> due = outbox.claim(now, now.plus(LEASE), MOST_AT_ONCE - Math.min(MOST_AT_ONCE, telling.size()));
        boolean isReminded = reminded != null && reminded.plus(REMIND).isAfter(now) && !reminded.isAfter(now);
        if (due.isEmpty() && isReminded) {
            return;
        }
        // Only now: what was given out is about changes that are in it, or that are over.
        Map<String, Outbox.Problem> problems = new LinkedHashMap<>();
        outbox.problems().forEach(problem -> problems.put(problem.change().target(), problem));
        for (Dispatch dispatch : due) {
            decide(dispatch, problems.get(dispatch.change().target()), now);
        }
        if (!isReminded) {
            reminders.put(problems.values(), now);
            standing.refresh(problems.values(), this::run).forEach(this::tell);
            reminded = now;
        }
    }

    private void announce() {
        List<Change> changes = outbox.unannounced(MOST_CHANGES);
        for (Change change : changes) {
            outbox.announce(change, editor.dispatches(change));
        }
    }

    private void decide(Dispatch dispatch, Outbox.@Nullable Problem problem, Instant now) {
        Chain chain = chains.get(dispatch.rule());
        if (chain == null) {
            withoutRule(dispatch, now);
            return;
        }
        switch (editor.decide(dispatch, chain, problem, now)) {
            case Decision.Drop(boolean mayBeTold) when mayBeTold -> outbox.told(dispatch, now);
            case Decision.Drop _ -> outbox.drop(dispatch, now);
            case Decision.Later(Instant due, List<Dispatch> hastened) -> {
                hastened.forEach(other -> outbox.move(other, now));
                outbox.move(dispatch, due);
            }
            case Decision.Tell(Notice notice) -> {
                if (telling.add(dispatch.key()) && !run(() -> deliver(dispatch, chain, notice))) {
                    telling.remove(dispatch.key());
                    outbox.move(dispatch, dispatch.due()); // to another monitor, or to this one when it starts again
                }
            }
        }
    }

    /** Another monitor may know the rule, if its configuration is newer or older. */
    private void withoutRule(Dispatch dispatch, Instant now) {
        if (dispatch.change().at().plus(LONGEST_WITHOUT_RULE).isAfter(now)) {
            outbox.move(dispatch, now.plus(WITHOUT_RULE));
        } else {
            tell(dispatch.change().target() + ": not told, since the rule '" + dispatch.rule() + "' is gone");
            outbox.drop(dispatch, now);
        }
    }

    private void deliver(Dispatch dispatch, Chain chain, Notice notice) {
        int number = Backoff.way(dispatch.attempts(), chain.ways().size());
        String way = chain.way(number);
        try {
            Instant until = time.now().wall().plus(LEASE);
            outbox.again(dispatch, number, until, "given to " + way + "; what came of it was not noted");
            Notifier notifier = ways.get(way);
            Delivery delivery =
                    notifier == null ? new Delivery.Failed("there is no way of this name") : notifier.deliver(notice);
            note(dispatch, chain, way, delivery);
        } catch (RuntimeException failed) {
            tell(notice.target() + ": what became of telling it by " + way
                    + " cannot be noted, so it may be told twice: " + failed.getMessage());
        } finally {
            telling.remove(dispatch.key());
        }
    }

    private void note(Dispatch dispatch, Chain chain, String way, Delivery delivery) {
        Instant now = time.now().wall();
        String what = dispatch.change().target() + " "
                + dispatch.change().verdict().state().text();
        switch (delivery) {
            case Delivery.Delivered _ -> {
                outbox.told(dispatch, now);
                tell(what + ": told by " + way);
            }
            case Delivery.Failed(String why) -> {
                int failures = dispatch.attempts() + 1;
                int ways = chain.ways().size();
                Duration delay = Backoff.delay(failures, ways, dispatch.key());
                outbox.move(dispatch, now.plus(delay));
                tell(what + ": not told by " + way + ", tried again in " + Texts.time(delay) + ": " + why);
            }
        }
    }

    /** Whether nothing is being looked for and nothing told just now. */
    boolean isIdle() {
        return !passing.get() && telling.isEmpty();
    }

    /** Ends; waits a little for notices that are on their way, so that they are not told twice. */
    @Override
    public void close() {
        timer.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSING.toNanos(), TimeUnit.NANOSECONDS)) {
                tell("a notice was still on its way when the monitor ended; it may be told twice");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        new ArrayList<>(ways.values()).forEach(Notifier::close);
    }

    /** Whoever is told may fail as well, and the announcer goes on all the same. */
    private void tell(String line) {
        try {
            log.accept(OneLine.printable(line));
        } catch (RuntimeException untold) {
            // nobody is left to tell
        }
    }
}
