package org.mailsonar.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckBook;
import org.mailsonar.check.CheckResult;
import org.mailsonar.config.SiteConfig;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathBook;
import org.mailsonar.site.PathPlan;
import org.mailsonar.store.Store;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.fault.SiteChecks;

/**
 * Runs the paths of a site that have become due since the last time, and those that were not good; keeps what came of them, and says how
 * the whole site stands. Thread-safe; one run at a time.
 */
final class SiteWatch implements Check {

    /** A queue that was looked at longer ago says nothing of a mail of now. */
    private static final Duration QUEUE_FRESH = Duration.ofMinutes(15);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SiteConfig config;
    private final String vantage;
    private final PathBook paths;
    private final CheckBook checks;
    private final TimeSource time = TimeSource.system();
    private final PathPlan plan;
    private @Nullable SiteChecks site;
    private @Nullable Instant last;

    /** Nothing is run yet. */
    SiteWatch(SiteConfig config, String vantage, Store store) {
        this.config = config;
        this.vantage = vantage;
        this.paths = store.paths();
        this.checks = store.checks();
        this.plan = PathPlan.of(config.site());
    }

    @Override
    public String name() {
        return "paths of " + config.site().name();
    }

    @Override
    public synchronized CheckResult run() throws InterruptedException {
        SiteChecks running = site();
        Set<Path> due = new LinkedHashSet<>(due(time.now().wall()));
        due.addAll(running.bad());
        SiteChecks.Round round = running.run(due.stream().toList(), run -> {});
        round.runs().forEach(run -> paths.add(vantage, run));
        return running.standing(round);
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
