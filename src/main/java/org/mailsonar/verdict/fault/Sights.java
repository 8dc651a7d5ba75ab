package org.mailsonar.verdict.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.site.DirectedResult;
import org.mailsonar.site.Leg;
import org.mailsonar.site.PathRun;
import org.mailsonar.verdict.fault.Sight.Part;
import org.mailsonar.verdict.fault.Sight.State;

/** Takes path runs apart into legs, and puts directed checks beside them. What could not be tried is no sight. */
final class Sights {

    private static final Trouble LOST = new Trouble(Stage.RESULT, Kind.TIME_OUT);

    private Sights() {}

    /** All that was seen, oldest first. */
    static List<Sight> of(List<PathRun> runs, List<DirectedResult> checks) {
        List<Sight> sights = new ArrayList<>();
        runs.forEach(run -> addLegs(sights, run));
        checks.forEach(check -> addCheck(sights, check));
        sights.sort(Comparator.comparing(Sight::at));
        return sights;
    }

    private static void addLegs(List<Sight> sights, PathRun run) {
        if (run.state() == CheckResult.State.UNKNOWN) {
            return;
        }
        Leg bad = run.state() == CheckResult.State.GOOD ? null : run.leg();
        boolean isOver = run.state() == CheckResult.State.FAILING;
        if (isOver && bad == null) {
            return; // it failed, and nobody wrote down where
        }
        add(sights, run, Leg.SUBMIT, bad);
        if (isOver && bad == Leg.SUBMIT) {
            return;
        }
        // A mail that did not arrive was waited for with a login that worked; one that could not be looked for may have
        // arrived.
        add(sights, run, Leg.RETRIEVE, bad);
        if (!isOver || bad == Leg.ARRIVAL) {
            add(sights, run, Leg.ARRIVAL, bad);
        }
    }

    private static void add(List<Sight> sights, PathRun run, Leg leg, @Nullable Leg bad) {
        Part part = switch (leg) {
            case SUBMIT -> Part.SUBMIT;
            case ARRIVAL -> Part.ARRIVAL;
            case RETRIEVE -> Part.RETRIEVE;
        };
        State state = leg != bad ? State.GOOD : run.state() == CheckResult.State.WARNING ? State.SLOW : State.FAILED;
        Trouble trouble = state != State.FAILED ? null : run.trouble() == null ? LOST : run.trouble();
        String machine = leg == Leg.RETRIEVE ? run.path().proxy() : run.path().mta();
        sights.add(new Sight(part, machine, run.path().store(), state, trouble, run.started(), false, run.error()));
    }

    private static void addCheck(List<Sight> sights, DirectedResult check) {
        CheckResult result = check.result();
        if (result.state() == CheckResult.State.UNKNOWN) {
            return;
        }
        Part part = switch (check.scope()) {
            case CONNECT -> Part.CONNECT;
            case SUBMIT -> Part.SUBMIT;
            case RETRIEVE -> Part.RETRIEVE;
            case STORE -> Part.STORE;
            case DIRECTORY -> Part.DIRECTORY;
            case QUEUE -> Part.QUEUE;
        };
        State state = state(part, result);
        Trouble trouble = state != State.FAILED ? null : result.trouble() == null ? LOST : result.trouble();
        sights.add(new Sight(
                part,
                check.machine(),
                check.store(),
                state,
                trouble,
                result.at(),
                true,
                result.name() + ": " + result.reason()));
    }

    /** A warning about a certificate that ends soon is no fault that holds mail up; one about a queue is, and so is a 4xx. */
    private static State state(Part part, CheckResult result) {
        boolean isPutOff = isWarning(result)
                && result.trouble() != null
                && result.trouble().kind() == Kind.DEFERRED;
        if (result.state() == CheckResult.State.FAILING || isPutOff || (part == Part.QUEUE && isWarning(result))) {
            return State.FAILED;
        }
        boolean isSlow = isWarning(result)
                && result.trouble() != null
                && result.trouble().kind() == Kind.SLOW;
        return isSlow ? State.SLOW : State.GOOD;
    }

    private static boolean isWarning(CheckResult result) {
        return result.state() == CheckResult.State.WARNING;
    }
}
