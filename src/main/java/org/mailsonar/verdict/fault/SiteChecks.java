package org.mailsonar.verdict.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mailsonar.check.CheckResult;
import org.mailsonar.site.Aim;
import org.mailsonar.site.Contrast;
import org.mailsonar.site.DirectedChecks;
import org.mailsonar.site.DirectedResult;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathPlan;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.PathRunner;
import org.mailsonar.site.Refusals;
import org.mailsonar.site.Site;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Runs paths of a site, remembers the newest runs of each, and when one is not good looks at the machines on it and finds the fault.
 * Thread-safe; blocks for as long as the mails take.
 */
public final class SiteChecks {

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
    private final Refusals refusals;
    private final RecentRuns recent;
    private volatile List<Path> owed = List.of();

    /** Of a site, by a plan. */
    public SiteChecks(Site site, PathPlan plan, PathRunner runner, DirectedChecks directed, TimeSource time) {
        this.site = site;
        this.plan = plan;
        this.runner = runner;
        this.directed = directed;
        this.time = time;
        this.refusals = runner.refusals();
        this.recent = new RecentRuns(site, cycle(), refusals, time);
    }

    /** What is due this minute by the plan; maybe nothing. */
    public List<Path> due() {
        return plan.due(time.now().wall());
    }

    /** So long ago a run may have begun that is of use in {@link #remember}. */
    public Duration memory() {
        return recent.memory();
    }

    private Duration cycle() {
        return Duration.ofMinutes(plan.minutes());
    }

    /**
     * Takes note of a run of before, such as one that the database has. Only runs of the last three cycles count, and of the site as it
     * is now; a login that was refused counts for an hour, so that it is not tried too often.
     */
    public void remember(PathRun run) {
        recent.remember(run);
    }

    /**
     * Runs these paths, and where one is not good up to three more that tell its machines apart, and finds the fault.
     *
     * @param each is shown each run as it ends, without suspects yet, one at a time
     * @throws InterruptedException when the caller gave up on it
     */
    public Round run(List<Path> paths, Consumer<PathRun> each) throws InterruptedException {
        return run(paths, each, new Pace(time, null));
    }

    /**
     * The same, but for whoever waits for a verdict: after the first run that was not good those that tell its machines apart come next, and
     * none is begun once it has been known for a time-out. What was not run is {@link #owed}.
     *
     * @throws InterruptedException when the caller gave up on it
     */
    public Round runBriefly(List<Path> paths, Consumer<PathRun> each) throws InterruptedException {
        return run(paths, each, new Pace(time, site.timings().timeout()));
    }

    private Round run(List<Path> paths, Consumer<PathRun> each, Pace pace) throws InterruptedException {
        Moment started = time.now();
        Consumer<PathRun> ended = run -> {
            pace.ended(run);
            each.accept(run);
        };
        Map<Path, PathRun> ran = new LinkedHashMap<>();
        add(ran, runner.run(paths, ended, pace::isCalm));
        add(ran, runner.run(contrasts(ran.values()), ended, pace::goesOn));
        add(ran, runner.run(without(paths, ran.keySet()), ended, pace::goesOn));
        owed = without(paths, ran.keySet());
        return round(started, inOrder(paths, ran));
    }

    private void add(Map<Path, PathRun> ran, List<PathRun> runs) {
        for (PathRun run : runs) {
            ran.put(run.path(), run);
            recent.keep(run);
        }
    }

    private static List<Path> without(List<Path> paths, Set<Path> ran) {
        return paths.stream().filter(path -> !ran.contains(path)).toList();
    }

    private static List<PathRun> inOrder(List<Path> paths, Map<Path, PathRun> ran) {
        Set<Path> order = new LinkedHashSet<>(paths);
        order.addAll(ran.keySet());
        order.retainAll(ran.keySet());
        return order.stream().map(ran::get).toList();
    }

    /** The paths that the last round had no time for; they are due first in the next one. */
    public List<Path> owed() {
        return owed;
    }

    private Round round(Moment started, List<PathRun> runs) throws InterruptedException {
        boolean isBad = runs.stream().anyMatch(RoundResult::isBad);
        Instant lastCycle = time.now().wall().minus(cycle());
        List<DirectedResult> checks = isBad ? directed.run(Aim.at(site, runs, refusals, lastCycle)) : List.of();
        checks.forEach(refusals::note);
        Finding finding = cautious(FaultFinder.find(site, recent.all(), checks));
        List<String> suspects =
                finding.suspects().stream().map(Suspect::toString).toList();
        List<PathRun> told = runs.stream()
                .map(run -> RoundResult.isBad(run) ? run.suspecting(suspects) : run)
                .toList();
        return new Round(
                told, finding, checks, RoundResult.of(site, started, time.now().since(started), told, finding));
    }

    /** A machine that refused our logins may have shut us out since, and be well for everybody else. */
    private Finding cautious(Finding finding) {
        Instant since = time.now().wall().minus(Refusals.REMEMBERED);
        return finding instanceof Finding.Found found
                ? new Finding.Found(found.suspects().stream()
                        .map(suspect -> suspect.machines().stream().anyMatch(name -> refusals.hasRefused(name, since))
                                ? suspect.notCertain()
                                : suspect)
                        .toList())
                : finding;
    }

    /**
     * The paths whose newest run, as far as it is remembered, was not good: what is due anew, whatever the plan says. Those whose login was
     * refused again are left to the plan.
     */
    public List<Path> bad() {
        return recent.newest().stream()
                .filter(RoundResult::isBad)
                .filter(run -> !Refusals.isRefused(run) || !refusals.isSettled(run.path()))
                .map(PathRun::path)
                .toList();
    }

    /**
     * How the whole site stands after a round: by the newest run of each path, so that one which fails is not forgotten while others are
     * run.
     */
    public CheckResult standing(Round round) {
        CheckResult last = round.result();
        Moment started =
                new Moment(last.at(), time.now().monotonicNanos() - last.took().toNanos());
        return RoundResult.of(site, started, time.now().since(started), recent.newest(), round.finding());
    }

    /** A rotation has one run where it takes four to tell whose fault it is; so the others are not waited for. */
    private List<Path> contrasts(Collection<PathRun> runs) {
        Instant fresh = time.now().wall().minus(site.timings().every());
        Set<Path> known = recent.all().stream()
                .filter(run -> run.started().isAfter(fresh))
                .map(PathRun::path)
                .collect(Collectors.toSet());
        return runs.stream()
                .filter(RoundResult::isBad)
                .findFirst()
                .map(bad -> Contrast.to(bad.path(), site, known))
                .orElse(List.of());
    }
}
