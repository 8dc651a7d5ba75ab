package org.mailsonar.verdict.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.site.Aim;
import org.mailsonar.site.Contrast;
import org.mailsonar.site.DirectedResult;
import org.mailsonar.site.Leg;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;

/** How much of a site is seen, and when. */
enum Watching {
    /** All paths at once, and all checks of the machines on those that fail. */
    ALL,
    /** All paths at once, and no checks. */
    WITHOUT_CHECKS,
    /** Only as many paths as have each pair of machines, and all checks. */
    COVER,
    /** All paths, and every second check could not be done. */
    HALF_OF_THE_CHECKS,
    /** One run that has nothing to do with it was slow. */
    NOISE,
    /** All was well an hour ago; since then a rotation of five minutes. */
    ROTATION,
    /** The fault begins in the middle of a rotation. */
    MIDDLE,
    /** Nothing but the first path that fails. */
    ONE_FAILURE;

    private static final Instant START = Instant.parse("2026-11-21T01:00:00Z");
    private static final List<Integer> PAIRWISE = List.of(0, 3, 5, 6); // of store x MTA x proxy, two of each

    /** What is seen. */
    record Seen(List<PathRun> runs, List<DirectedResult> checks) {}

    /** Watches a site in which this goes wrong. */
    Seen watch(Site site, boolean looksUpRecipients, Consumer<SimulatedSite> fault) {
        SimulatedSite well = new SimulatedSite(site, looksUpRecipients);
        SimulatedSite ill = new SimulatedSite(site, looksUpRecipients);
        fault.accept(ill);
        List<Path> all = site.paths();
        List<Path> some = this == COVER || this == ROTATION || this == MIDDLE
                ? PAIRWISE.stream().map(all::get).toList()
                : all;
        List<PathRun> runs = new ArrayList<>();
        Instant at = START;
        if (this == ROTATION) {
            for (Path path : all) {
                runs.add(well.run(path, at));
                at = at.plus(Duration.ofMinutes(5));
            }
        }
        if (this == MIDDLE) {
            runs.add(well.run(some.get(0), at));
            runs.add(well.run(some.get(1), at.plusSeconds(300)));
            at = at.plusSeconds(600);
        }
        for (Path path : some) {
            runs.add(ill.run(path, at));
            at = at.plus(this == ROTATION || this == MIDDLE ? Duration.ofMinutes(5) : Duration.ofSeconds(1));
        }
        if (this == ROTATION || this == MIDDLE) {
            addContrasts(runs, site, ill);
        }
        if (this == NOISE) {
            addNoise(runs);
        }
        if (this == ONE_FAILURE) {
            runs.removeIf(run -> run.state() == CheckResult.State.GOOD);
            return new Seen(runs.stream().limit(1).toList(), List.of());
        }
        return new Seen(runs, this == WITHOUT_CHECKS ? List.of() : checks(site, ill, runs, at.plusSeconds(10)));
    }

    private List<DirectedResult> checks(Site site, SimulatedSite ill, List<PathRun> runs, Instant at) {
        List<DirectedResult> checks = new ArrayList<>();
        for (Aim aim : Aim.at(site, runs)) {
            checks.add(ill.check(aim.scope(), aim.machine(), aim.store(), at));
        }
        if (this == HALF_OF_THE_CHECKS) {
            Random random = new Random(1);
            checks.removeIf(check -> random.nextBoolean());
        }
        return checks;
    }

    /** What is run at once beside the first failure. */
    private static void addContrasts(List<PathRun> runs, Site site, SimulatedSite ill) {
        List<PathRun> bad = runs.stream()
                .filter(run -> run.state() != CheckResult.State.GOOD)
                .limit(1)
                .toList();
        for (PathRun run : bad) {
            Set<Path> fresh = runs.stream()
                    .filter(other -> Duration.between(other.started(), run.started())
                                    .abs()
                                    .toMinutes()
                            < 5)
                    .map(PathRun::path)
                    .collect(Collectors.toSet());
            Contrast.to(run.path(), site, fresh)
                    .forEach(path -> runs.add(ill.run(path, run.started().plusSeconds(10))));
        }
    }

    private static void addNoise(List<PathRun> runs) {
        for (int i = 0; i < runs.size(); i++) {
            PathRun run = runs.get(i);
            if (run.state() == CheckResult.State.GOOD) {
                runs.set(
                        i,
                        new PathRun(
                                run.site(),
                                run.path(),
                                run.started(),
                                run.submit(),
                                run.retrieve(),
                                run.total(),
                                CheckResult.State.WARNING,
                                "slow",
                                Leg.ARRIVAL,
                                new Trouble(Stage.RESULT, Kind.SLOW),
                                List.of()));
                return;
            }
        }
    }
}
