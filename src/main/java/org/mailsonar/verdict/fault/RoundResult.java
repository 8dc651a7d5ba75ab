package org.mailsonar.verdict.fault;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;
import org.mailsonar.time.Moment;

/** Makes one result of many path runs and of what was found. */
final class RoundResult {

    private RoundResult() {}

    /** The worst of them, with who is at fault. */
    static CheckResult of(Site site, Moment started, Duration took, List<PathRun> runs, Finding finding) {
        State state = State.GOOD;
        for (PathRun run : runs) {
            state = state.worse(run.state());
        }
        long bad = runs.stream().filter(RoundResult::isBad).count();
        String paths = runs.size() + (runs.size() == 1 ? " path" : " paths");
        String reason = runs.isEmpty()
                ? "no path is due"
                : bad == 0 ? unknown(runs, paths) : bad + " of " + paths + " not good; " + finding.text();
        return new CheckResult(
                "paths of " + site.name(),
                state,
                reason,
                started.wall(),
                took,
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

    private static @Nullable Trouble worst(List<PathRun> runs) {
        for (State state : List.of(State.FAILING, State.WARNING)) {
            for (PathRun run : runs) {
                if (run.state() == state && run.trouble() != null) {
                    return run.trouble();
                }
            }
        }
        return null;
    }

    /** Whether it was tried, and was not good. */
    static boolean isBad(PathRun run) {
        return run.state() == State.FAILING || run.state() == State.WARNING;
    }
}
