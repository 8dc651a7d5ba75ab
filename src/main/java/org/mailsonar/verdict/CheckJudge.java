package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.message.OneLine;
import org.mailsonar.roundtrip.Judged;
import org.mailsonar.verdict.Verdict.State;

/**
 * Makes one vantage's verdict of the newest results of a check. Pure.
 *
 * <ul>
 *   <li>One failure: failing. Another one, of a look that began when the first was known: down. Only a look that finds it working ends that.
 *   <li>What could not be looked at proves nothing: inconclusive, but what is down stays down.
 *   <li>A failure in maintenance proves nothing, and so does one that was known longer ago than two intervals and a time-out when the
 *       newest look began.
 *   <li>No look for so long: inconclusive, but what is down stays down.
 * </ul>
 */
final class CheckJudge {

    /** How many of the newest results have to be shown. */
    static final int DEPTH = 8;

    static final String NOT_LOOKED_AT = "not looked at yet";

    private CheckJudge() {}

    /**
     * The verdict.
     *
     * @param newestFirst the newest results of one vantage; {@link #DEPTH} of them are enough
     * @param before what this vantage held when it judged last; null when it never did
     * @return the verdict; its {@code since} is never after now
     */
    static Verdict judge(Judged target, List<CheckRecord> newestFirst, @Nullable Verdict before, Instant now) {
        Verdict raw = raw(target, newestFirst, before, now);
        boolean goesOn = before != null
                && (before.state() == raw.state() || (isFailure(before.state()) && isFailure(raw.state())))
                && before.since().isBefore(raw.since());
        Instant since = goesOn && before != null ? before.since() : raw.since();
        return new Verdict(
                raw.state(), since.isAfter(now) ? now : since, raw.cause(), null, lastGood(newestFirst, before));
    }

    /**
     * When another look is wanted before the regular one: {@code retryAfter} after one that failed for the first time, or that could not be
     * had and the one before could.
     */
    static Optional<Instant> retryDue(
            Judged target, List<CheckRecord> newestFirst, @Nullable Verdict before, Instant now) {
        State state = judge(target, newestFirst, before, now).state();
        boolean isFirst = newestFirst.size() < 2
                || newestFirst.get(0).state() != newestFirst.get(1).state()
                || isStale(
                        target,
                        newestFirst.get(1),
                        now.minus(newestFirst.getFirst().took()));
        boolean wanted = state == State.FAILING || (state == State.INCONCLUSIVE && isFirst);
        return wanted && !newestFirst.isEmpty()
                ? Optional.of(known(newestFirst.getFirst()).plus(target.timing().retryAfter()))
                : Optional.empty();
    }

    private static Verdict raw(Judged target, List<CheckRecord> newestFirst, @Nullable Verdict before, Instant now) {
        String reason = Judge.notApplicable(target.policy(), now);
        if (!reason.isEmpty()) {
            return verdict(State.NOT_APPLICABLE, now, reason);
        }
        Verdict down = before != null && before.state() == State.DOWN ? before : null;
        if (newestFirst.isEmpty()) {
            return down != null ? down : verdict(State.INCONCLUSIVE, now, NOT_LOOKED_AT);
        }
        CheckRecord newest = newestFirst.getFirst();
        if (isStale(target, newest, now)) {
            return down != null
                    ? down
                    : verdict(
                            State.INCONCLUSIVE,
                            known(newest).plus(Judge.freshness(target.timing())),
                            Words.notLookedAtSince(newest.at()));
        }
        String cause = OneLine.printable(newest.reason());
        return switch (newest.state()) {
            case GOOD -> verdict(State.HEALTHY, known(newest), "");
            case WARNING -> verdict(State.WARNING, known(newest), cause);
            case UNKNOWN -> down != null ? down : verdict(State.INCONCLUSIVE, known(newest), cause);
            case FAILING -> failing(target, newestFirst, down != null, cause, now);
        };
    }

    private static Verdict failing(
            Judged target, List<CheckRecord> newestFirst, boolean isDown, String cause, Instant now) {
        CheckRecord first = null;
        int failures = 0;
        // A look may take longer than all that: what was fresh when it began is.
        Instant begun = now.minus(newestFirst.getFirst().took());
        for (CheckRecord result : newestFirst) {
            if (result.state() == CheckResult.State.UNKNOWN) {
                continue;
            }
            if (result.state() != CheckResult.State.FAILING || isStale(target, result, begun)) {
                break;
            }
            // One that began before the other was known may be of the same moment.
            boolean isAnother = first == null || !first.at().isBefore(known(result));
            if (isAnother && !target.policy().isInMaintenance(result.at())) {
                failures++;
                first = result;
            }
        }
        if (first == null && !isDown) {
            CheckRecord newest = newestFirst.getFirst();
            return verdict(State.INCONCLUSIVE, known(newest), "failed in maintenance: " + cause);
        }
        Instant since = first == null ? now : first.at();
        return verdict(isDown || failures >= 2 ? State.DOWN : State.FAILING, since, cause);
    }

    /** By when it was known: a look that takes long is not old when it ends. */
    private static boolean isStale(Judged target, CheckRecord result, Instant now) {
        return known(result).plus(Judge.freshness(target.timing())).isBefore(now);
    }

    private static boolean isFailure(State state) {
        return state == State.FAILING || state == State.DOWN;
    }

    private static @Nullable Instant lastGood(List<CheckRecord> newestFirst, @Nullable Verdict before) {
        return newestFirst.stream()
                .filter(result -> result.state() == CheckResult.State.GOOD)
                .findFirst()
                .map(CheckJudge::known)
                .orElse(before == null ? null : before.lastReturn());
    }

    private static Instant known(CheckRecord result) {
        Duration took = result.took();
        return result.at().plus(took);
    }

    private static Verdict verdict(State state, Instant since, String cause) {
        return new Verdict(state, since, cause, null, null);
    }
}
