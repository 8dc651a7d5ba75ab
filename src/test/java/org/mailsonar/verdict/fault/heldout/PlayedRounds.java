package org.mailsonar.verdict.fault.heldout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.site.Aim;
import org.mailsonar.site.Contrast;
import org.mailsonar.site.DirectedResult;
import org.mailsonar.site.Leg;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathPlan;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;

/**
 * What a monitor sees of a site on which one thing breaks: rounds by the plan before and after, in a rotation with the comparisons that follow
 * a bad run, and the directed checks of the last round.
 */
final class PlayedRounds {

    private static final List<Leg> LEGS = List.of(Leg.values());

    /** What happens beside, to a path that nothing is wrong with. */
    enum Noise {
        NONE,
        SLOW_RUN,
        TRANSIENT
    }

    /**
     * What is known in the end.
     *
     * @param runs of the last three cycles
     * @param checks of the last round
     */
    record Observed(List<PathRun> runs, List<DirectedResult> checks) {}

    /** A whole number of cycles of any length of up to 20 minutes. */
    private static final Instant BEGINNING = Instant.ofEpochSecond(60L * 232_792_560 / 8);

    private final Site site;
    private final Breakage broken;
    private final Noise noise;
    private final Random random;
    private final List<PathRun> known = new ArrayList<>();

    PlayedRounds(Site site, Breakage broken, Noise noise, Random random) {
        this.site = site;
        this.broken = broken;
        this.noise = noise;
        this.random = random;
    }

    /**
     * Plays it.
     *
     * @param before cycles without the fault
     * @return null where no run saw the fault
     */
    @Nullable
    Observed observe(int before) {
        PathPlan plan = PathPlan.of(site);
        PlayedServers well = new PlayedServers(site, Breakage.of(Breakage.Kind.DOWN, "nobody"), random);
        PlayedServers ill = new PlayedServers(site, broken, random);
        int every = (int) site.timings().every().toMinutes();
        int turns = plan.minutes() / every;
        int onset = before * turns + random.nextInt(turns);
        int badRounds = 1 + random.nextInt(2);
        for (int turn = 0; turn < onset + 2 * turns; turn++) {
            Instant now = BEGINNING.plus(Duration.ofMinutes((long) turn * every));
            List<PathRun> round = new ArrayList<>();
            for (Path path : plan.due(now)) {
                round.add((turn < onset ? well : ill).run(path, now.plusSeconds(round.size())));
            }
            known.addAll(round);
            if (turn >= onset && round.stream().anyMatch(PlayedRounds::isBad) && --badRounds == 0) {
                return observed(ill, round, now, plan);
            }
        }
        return null;
    }

    /** One round of a site on which nothing is wrong, and the checks that a run that went bad by chance leads to. */
    static Observed ofAWellSite(Site site, Noise noise, Random random) {
        Breakage nothing = Breakage.of(Breakage.Kind.DOWN, "nobody");
        PlayedRounds rounds = new PlayedRounds(site, nothing, noise, random);
        PathPlan plan = PathPlan.of(site);
        PlayedServers well = new PlayedServers(site, nothing, random);
        List<PathRun> round = new ArrayList<>();
        for (Path path : plan.due(BEGINNING)) {
            round.add(well.run(path, BEGINNING.plusSeconds(round.size())));
        }
        rounds.known.addAll(round);
        return rounds.observed(well, round, BEGINNING, plan);
    }

    private Observed observed(PlayedServers ill, List<PathRun> round, Instant now, PathPlan plan) {
        disturb(round);
        Instant fresh = now.minus(site.timings().every());
        Set<Path> recent = new HashSet<>();
        known.stream().filter(run -> run.started().isAfter(fresh)).forEach(run -> recent.add(run.path()));
        PathRun bad = round.stream().filter(PlayedRounds::isBad).findFirst().orElseThrow();
        for (Path path : Contrast.to(bad.path(), site, recent)) {
            PathRun run = ill.run(path, now.plusSeconds(200 + round.size()));
            round.add(run);
            known.add(run);
        }
        List<DirectedResult> checks = new ArrayList<>();
        for (Aim aim : Aim.at(site, round)) {
            DirectedResult result = ill.look(aim, now.plusSeconds(250));
            if (result != null) {
                checks.add(result);
            }
        }
        Instant oldest = now.minus(Duration.ofMinutes(3L * plan.minutes()));
        known.removeIf(run -> run.started().isBefore(oldest));
        return new Observed(List.copyOf(known), checks);
    }

    /** One good run that is known becomes a bad one, of this round or of one before. */
    private void disturb(List<PathRun> round) {
        List<PathRun> good = known.stream().filter(run -> !isBad(run)).toList();
        if (noise == Noise.NONE || good.isEmpty()) {
            return;
        }
        PathRun chosen = good.get(random.nextInt(good.size()));
        PathRun instead = noise == Noise.SLOW_RUN ? slow(chosen) : transientFailure(chosen);
        known.replaceAll(run -> run.equals(chosen) ? instead : run);
        round.replaceAll(run -> run.equals(chosen) ? instead : run);
    }

    private PathRun slow(PathRun run) {
        Leg leg = LEGS.get(random.nextInt(LEGS.size()));
        Duration extra = Duration.ofSeconds(31 + random.nextInt(50));
        return with(
                run,
                run.submit() == null || leg != Leg.SUBMIT
                        ? run.submit()
                        : run.submit().plus(extra),
                run.retrieve() == null || leg != Leg.RETRIEVE
                        ? run.retrieve()
                        : run.retrieve().plus(extra),
                run.total() == null ? null : run.total().plus(extra),
                State.WARNING,
                leg,
                new Trouble(Stage.RESULT, Kind.SLOW));
    }

    private PathRun transientFailure(PathRun run) {
        return switch (random.nextInt(6)) {
            case 0 -> with(run, null, null, null, State.FAILING, Leg.SUBMIT, new Trouble(Stage.CONNECT, Kind.TIME_OUT));
            case 1 -> with(run, null, null, null, State.FAILING, Leg.SUBMIT, new Trouble(Stage.COMMAND, Kind.DEFERRED));
            case 2 -> with(run, null, null, null, State.FAILING, Leg.SUBMIT, new Trouble(Stage.COMMAND, Kind.CLOSED));
            case 3 ->
                with(
                        run,
                        run.submit(),
                        null,
                        null,
                        State.FAILING,
                        Leg.ARRIVAL,
                        new Trouble(Stage.RESULT, Kind.TIME_OUT));
            case 4 ->
                with(run, run.submit(), null, null, State.FAILING, Leg.RETRIEVE, new Trouble(Stage.LOGIN, Kind.CLOSED));
            default ->
                with(
                        run,
                        run.submit(),
                        null,
                        null,
                        State.FAILING,
                        Leg.RETRIEVE,
                        new Trouble(Stage.CONNECT, Kind.TIME_OUT));
        };
    }

    private static PathRun with(
            PathRun run,
            @Nullable Duration submit,
            @Nullable Duration retrieve,
            @Nullable Duration total,
            State state,
            Leg leg,
            Trouble trouble) {
        return new PathRun(
                run.site(),
                run.path(),
                run.started(),
                submit,
                retrieve,
                total,
                state,
                "by chance",
                leg,
                trouble,
                List.of());
    }

    private static boolean isBad(PathRun run) {
        return run.state() == State.FAILING || run.state() == State.WARNING;
    }
}
