package org.mailsonar.verdict.fault;

import java.util.ArrayList;
import java.util.List;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;

/** Says in one line why a round trip was probably lost: what a target's own checks found when they were run after it. */
public final class Cause {

    private static final int MOST_BAD = 3;
    private static final int MOST_GOOD = 3;

    private Cause() {}

    /**
     * The line: {@code imap://mx1: no greeting within 10 s; smtp://mx1 works}.
     *
     * @param checks all that the target has, in the order of its file
     * @return empty where there are none
     */
    public static String of(List<CheckRecord> checks) {
        List<CheckRecord> tried =
                checks.stream().filter(check -> check.state() != State.UNKNOWN).toList();
        if (tried.isEmpty()) {
            return checks.isEmpty() ? "" : "cannot tell: " + told(checks.getFirst());
        }
        if (tried.size() > 1 && tried.stream().allMatch(Cause::isOutOfReach)) {
            return "none of " + names(tried)
                    + " can be reached from here: it may be this monitor's own network, or the site's";
        }
        List<CheckRecord> bad = tried.stream()
                .filter(check -> check.state() != State.GOOD)
                .sorted(Cause::compare)
                .toList();
        List<CheckRecord> good =
                tried.stream().filter(check -> check.state() == State.GOOD).toList();
        if (bad.isEmpty()) {
            return names(good) + (good.size() == 1 ? " works" : " work")
                    + " when asked; the mail was lost, or is held up, behind what they look at";
        }
        List<String> said =
                new ArrayList<>(bad.stream().limit(MOST_BAD).map(Cause::told).toList());
        if (bad.size() > MOST_BAD) {
            said.add((bad.size() - MOST_BAD) + " more do not work");
        }
        if (!good.isEmpty()) {
            said.add(names(good) + (good.size() == 1 ? " works" : " work"));
        }
        return String.join("; ", said);
    }

    /** What fails is told before what is slow, and an early failure before a late one, which it may have caused. */
    private static int compare(CheckRecord one, CheckRecord other) {
        boolean isFailing = one.state() == State.FAILING;
        return isFailing == (other.state() == State.FAILING) ? stage(one).compareTo(stage(other)) : isFailing ? -1 : 1;
    }

    private static Stage stage(CheckRecord check) {
        Trouble trouble = check.trouble();
        return trouble == null ? Stage.RESULT : trouble.stage();
    }

    private static boolean isOutOfReach(CheckRecord check) {
        Trouble trouble = check.trouble();
        return check.state() == State.FAILING
                && trouble != null
                && trouble.stage().compareTo(Stage.CONNECT) <= 0
                && trouble.kind() != Kind.REFUSED
                && trouble.kind() != Kind.MISCONFIGURED;
    }

    private static String told(CheckRecord check) {
        return check.name() + ": " + check.reason();
    }

    private static String names(List<CheckRecord> checks) {
        List<String> names = checks.stream().map(CheckRecord::name).toList();
        return names.size() <= MOST_GOOD
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_GOOD)) + " and " + (names.size() - MOST_GOOD) + " more";
    }
}
