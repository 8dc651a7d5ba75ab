package org.mailsonar.verdict.fault.heldout;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.site.Leg;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Site;

/**
 * Writes down what was played as the monitor writes down what it sees; all times in seconds.
 *
 * @param site where
 */
record Results(Site site) {

    PathRun arrived(Path path, Instant when, double submit, double wait, double retrieve) {
        double total = submit + wait + retrieve;
        boolean isSlow = total > site.timings().slowAfter().toSeconds();
        Leg longest = submit >= Math.max(wait, retrieve) ? Leg.SUBMIT : wait >= retrieve ? Leg.ARRIVAL : Leg.RETRIEVE;
        return new PathRun(
                site.name(),
                path,
                when,
                time(submit),
                time(retrieve),
                time(total),
                isSlow ? State.WARNING : State.GOOD,
                isSlow ? "slow" : "",
                isSlow ? longest : null,
                isSlow ? new Trouble(Stage.RESULT, Kind.SLOW) : null,
                List.of());
    }

    PathRun failed(Path path, Instant when, Leg leg, Dialogue said, @Nullable Duration submit) {
        String error = leg.text() + ": " + said.words();
        return new PathRun(
                site.name(), path, when, submit, null, null, State.FAILING, error, leg, said.trouble(), List.of());
    }

    static CheckResult result(
            String machine, State state, String reason, @Nullable Trouble trouble, Instant when, double seconds) {
        return new CheckResult(machine, state, reason, when, time(seconds), List.of(), List.of(), trouble, null, "");
    }

    static Duration time(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
