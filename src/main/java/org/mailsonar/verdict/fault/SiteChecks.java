package org.mailsonar.verdict.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Measure;
import org.mailsonar.site.Aim;
import org.mailsonar.site.Contrast;
import org.mailsonar.site.DirectedChecks;
import org.mailsonar.site.DirectedResult;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathPlan;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.PathRunner;
import org.mailsonar.site.Site;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Runs paths of a site, remembers the newest runs of each, and when one is not good looks at the machines on it and finds the fault.
 * Thread-safe; blocks for as long as the mails take.
 */
public final class SiteChecks {

    /** What has been found more than so many cycles ago says nothing of now. */
    private static final int REMEMBERED_CYCLES = 3;

    /**
     * What one round came to.
     *
     * @param runs of this round, in the order of the paths, each bad one with the suspects; behind them those for comparison
     * @param finding who is at fault, of all that is known
     * @param checks what the directed checks found; empty where all was good
     * @param result all of it in one
     */
    public record Round(List<PathRun> runs, Finding finding, List<DirectedResult> checks, CheckResult result) {

        public Round {
            runs = List.copyOf(runs);
            checks = List.copyOf(checks);
        }
    }

    private final Site site;
    private final PathPlan plan;
    private final PathRunner runner;
    private final DirectedChecks directed;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Path, List<PathRun>> remembered = new LinkedHashMap<>();

    /** Of a site, by a plan. */
    public SiteChecks(Site site, PathPlan plan, PathRunner runner, DirectedChecks directed, TimeSource time) {
        this.site = site;
        this.plan = plan;
        this.runner = runner;
        this.directed = directed;
        this.time = time;
    }

    /** What is due this minute by the plan; maybe nothing. */
    public List<Path> due() {
        return plan.due(time.now().wall());
    }

    /**
     * Takes note of a run of before, such as one that the database has. Only runs of the last three cycles count, and of the site as it
     * is now.
     */
    public void remember(PathRun run) {
        Instant oldest =
                time.now().wall().minus(Duration.ofMinutes(plan.minutes()).multipliedBy(REMEMBERED_CYCLES));
        if (!run.site().equals(site.name())
                || run.started().isBefore(oldest)
                || !site.paths().contains(run.path())) {
            return;
        }
        lock.lock();
        try {
            List<PathRun> runs = remembered.computeIfAbsent(run.path(), any -> new ArrayList<>());
            runs.add(run);
            runs.removeIf(old -> old.started().isBefore(oldest));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs these paths, and where one is not good up to three more that tell its machines apart, and finds the fault.
     *
     * @param each is shown each run as it ends, without suspects yet, one at a time
     * @throws InterruptedException when the caller gave up on it
     */
    public Round run(List<Path> paths, Consumer<PathRun> each) throws InterruptedException {
        Moment started = time.now();
        List<PathRun> runs = new ArrayList<>(runner.run(paths, each));
        runs.forEach(this::remember);
        List<PathRun> more = runner.run(contrasts(runs), each);
        more.forEach(this::remember);
        runs.addAll(more);
        boolean isBad = runs.stream().anyMatch(SiteChecks::isBad);
        List<DirectedResult> checks = isBad ? directed.run(Aim.at(site, runs)) : List.of();
        Finding finding = FaultFinder.find(site, known(), checks);
        List<String> suspects =
                finding.suspects().stream().map(Suspect::toString).toList();
        List<PathRun> told = runs.stream()
                .map(run -> isBad(run) ? run.suspecting(suspects) : run)
                .toList();
        return new Round(told, finding, checks, result(started, told, finding));
    }

    /** The paths whose newest run, as far as it is remembered, was not good: what is due anew, whatever the plan says. */
    public List<Path> bad() {
        return newest().stream().filter(SiteChecks::isBad).map(PathRun::path).toList();
    }

    /**
     * How the whole site stands after a round: by the newest run of each path, so that one which fails is not forgotten while others are
     * run.
     */
    public CheckResult standing(Round round) {
        CheckResult last = round.result();
        return result(
                new Moment(last.at(), time.now().monotonicNanos() - last.took().toNanos()), newest(), round.finding());
    }

    private List<PathRun> newest() {
        lock.lock();
        try {
            return remembered.values().stream()
                    .map(runs -> runs.stream()
                            .max(Comparator.comparing(PathRun::started))
                            .orElseThrow())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** A rotation has one run where it takes four to tell whose fault it is; so the others are not waited for. */
    private List<Path> contrasts(List<PathRun> runs) {
        Instant fresh = time.now().wall().minus(site.timings().every());
        Set<Path> known = known().stream()
                .filter(run -> run.started().isAfter(fresh))
                .map(PathRun::path)
                .collect(Collectors.toSet());
        return runs.stream()
                .filter(SiteChecks::isBad)
                .findFirst()
                .map(bad -> Contrast.to(bad.path(), site, known))
                .orElse(List.of());
    }

    private List<PathRun> known() {
        lock.lock();
        try {
            return remembered.values().stream().flatMap(List::stream).toList();
        } finally {
            lock.unlock();
        }
    }

    private CheckResult result(Moment started, List<PathRun> runs, Finding finding) {
        State state = State.GOOD;
        for (PathRun run : runs) {
            state = state.worse(run.state());
        }
        long bad = runs.stream().filter(SiteChecks::isBad).count();
        String paths = runs.size() + (runs.size() == 1 ? " path" : " paths");
        String reason = runs.isEmpty()
                ? "no path is due"
                : bad == 0 ? unknown(runs, paths) : bad + " of " + paths + " not good; " + finding.text();
        return new CheckResult(
                "paths of " + site.name(),
                state,
                reason,
                started.wall(),
                time.now().since(started),
                List.of(),
                measures(runs, bad),
                worst(runs),
                null,
                "");
    }

    private static String unknown(List<PathRun> runs, String paths) {
        long untried = runs.stream().filter(run -> run.state() == State.UNKNOWN).count();
        return untried == 0
                ? paths + " good, the longest " + longest(runs) + " s"
                : untried + " of " + paths + " could not be tried: "
                        + runs.stream()
                                .filter(run -> run.state() == State.UNKNOWN)
                                .map(PathRun::error)
                                .findFirst()
                                .orElse("");
    }

    private static List<Measure> measures(List<PathRun> runs, long bad) {
        return List.of(
                Measure.of("paths", runs.size(), ""),
                Measure.of("bad", (double) bad, ""),
                Measure.of("longest", Double.parseDouble(longest(runs)), "s"));
    }

    private static String longest(List<PathRun> runs) {
        long nanos = runs.stream()
                .map(PathRun::total)
                .filter(total -> total != null)
                .mapToLong(Duration::toNanos)
                .max()
                .orElse(0);
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }

    private static org.mailsonar.check.@Nullable Trouble worst(List<PathRun> runs) {
        for (State state : List.of(State.FAILING, State.WARNING)) {
            for (PathRun run : runs) {
                if (run.state() == state && run.trouble() != null) {
                    return run.trouble();
                }
            }
        }
        return null;
    }

    private static boolean isBad(PathRun run) {
        return run.state() == State.FAILING || run.state() == State.WARNING;
    }
}
