package org.mailsonar.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckBook;
import org.mailsonar.check.CheckResult;
import org.mailsonar.config.SiteConfig;
import org.mailsonar.roundtrip.Duties;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathBook;
import org.mailsonar.site.PathPlan;
import org.mailsonar.store.Store;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.fault.SiteChecks;

/**
 * Runs the paths of a site that have become due since the last time, and those that were not good; keeps what came of them, and says how
 * the whole site stands. Thread-safe; one run at a time, also of several monitors.
 */
final class SiteWatch implements Check {

    /** A queue that was looked at longer ago says nothing of a mail of now. */
    private static final Duration QUEUE_FRESH = Duration.ofMinutes(15);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SiteConfig config;
    private final String vantage;
    private final String monitor;
    private final PathBook paths;
    private final Duties duties;
    private final CheckBook checks;
    private final TimeSource time = TimeSource.system();
    private final PathPlan plan;
    private final String duty;
    private final Duration lease;
    private @Nullable SiteChecks site;
    private @Nullable Instant last;

    /**
     * Nothing is run yet.
     *
     * @param monitor who runs it, among all monitors
     */
    SiteWatch(SiteConfig config, String vantage, String monitor, Store store) {
        this.config = config;
        this.vantage = vantage;
        this.monitor = monitor;
        this.duties = store.duties();
        this.paths = store.paths();
        this.checks = store.checks();
        this.plan = config.sequence().plan();
        this.duty = "site " + config.site().name();
        // Longer than from one run's end to another's, so that only a monitor that has died loses it.
        this.lease = config.site().longestRun().multipliedBy(2).plus(MINUTE);
    }

    @Override
    public String name() {
        return "paths of " + config.site().name();
    }

    /** Two rounds at once, of whichever monitors, would be at the same mailboxes. */
    @Override
    public boolean isFree() {
        return take();
    }

    private boolean take() {
        Instant now = time.now().wall();
        Instant until = now.plus(lease);
        return duties.extend(duty, monitor, until) || duties.claim(duty, monitor, now, until);
    }

    @Override
    public synchronized CheckResult run() throws InterruptedException {
        if (!take()) {
            return nothing("another monitor runs them just now");
        }
        try {
            return round(site());
        } finally {
            holdUntil(time.now().wall());
        }
    }

    /** When the database is away, the duty runs out by itself, and what was found is told all the same. */
    private void holdUntil(Instant until) {
        try {
            duties.extend(duty, monitor, until);
        } catch (LedgerException away) {
            // kept until the lease ends
        }
    }

    private CheckResult nothing(String why) {
        return new CheckResult(
                name(),
                CheckResult.State.UNKNOWN,
                why,
                time.now().wall(),
                Duration.ZERO,
                List.of(),
                List.of(),
                null,
                null,
                "");
    }

    private CheckResult round(SiteChecks running) throws InterruptedException {
        Set<Path> due = new LinkedHashSet<>(running.owed());
        due.addAll(due(time.now().wall()));
        due.addAll(running.bad());
        SiteChecks.Round round = running.runBriefly(
                List.copyOf(due), run -> holdUntil(time.now().wall().plus(lease)));
        round.runs().forEach(run -> paths.add(vantage, run));
        return withMistakes(running.standing(round));
    }

    /** A run that nobody could understand is never made, and where all others are good that is not all. */
    private CheckResult withMistakes(CheckResult result) {
        List<String> mistakes = config.sequence().mistakes();
        return mistakes.isEmpty()
                ? result
                : new CheckResult(
                        result.name(),
                        result.state().worse(CheckResult.State.UNKNOWN),
                        result.reason() + "; " + String.join("; ", mistakes),
                        result.at(),
                        result.took(),
                        result.steps(),
                        result.measures(),
                        result.trouble(),
                        result.tls(),
                        result.transcript());
    }

    /** Of every minute since the last look, since a look may come late or be left out. */
    private Set<Path> due(Instant now) {
        Instant longest = now.minus(MINUTE.multipliedBy(plan.minutes() - 1L));
        Instant from = last == null ? now : last.plus(MINUTE);
        Set<Path> due = new LinkedHashSet<>();
        for (Instant minute = from.isBefore(longest) ? longest : from;
                !minute.isAfter(now);
                minute = minute.plus(MINUTE)) {
            due.addAll(plan.due(minute));
        }
        last = minuteOf(now);
        return due;
    }

    private static Instant minuteOf(Instant now) {
        return Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), 60) * 60);
    }

    /** It remembers what the database has of the runs before. */
    private SiteChecks site() {
        SiteChecks made = site;
        if (made == null) {
            made = Sites.checks(config, plan, this::queue, time);
            Instant now = time.now().wall();
            paths.each(vantage, now.minus(made.memory()), now, made::remember);
            site = made;
        }
        return made;
    }

    /** What the look at the machine of an MTA's name found last of its queue, wherever the monitor runs that looks at it. */
    private Optional<CheckResult> queue(String mta) {
        return checks.newest("host " + mta, time.now().wall().minus(QUEUE_FRESH))
                .flatMap(MtaQueue::of);
    }
}
