package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.verdict.Verdict.State;

/**
 * Makes one vantage's verdict of a target's newest probes. Pure: the same history, memory and instant give the same verdict.
 *
 * <ul>
 *   <li>A return is a success, also a late one. Lost, bounced and refused for good are failures. Refused for now, not sent and
 *       inconclusive prove nothing.
 *   <li>A failure stands until a probe that was sent later came back, or any probe came back later.
 *   <li>One failure that stands: failing. Another one, of a probe that was sent when the first was known: down. Only a return ends that.
 *   <li>A failure in maintenance proves nothing, and so does one that was known longer ago than two intervals and a time-out when nothing was
 *       held wrong meanwhile: it says nothing of today.
 *   <li>No probe for two intervals and a time-out: inconclusive, but what is down stays down.
 * </ul>
 */
public final class Judge {

    /** How many probes of a target are enough, beside those that may be in flight at a time; see {@link #depth}. */
    public static final int DEPTH = 16;

    /** The least time between two probes that are sent because the one before proved nothing. */
    private static final Duration LEAST_PACE = Duration.ofSeconds(10);

    private Judge() {}

    /** How many of a target's newest probes have to be shown, together with what was held before, for the verdict of all of them. */
    public static int depth(Timing timing) {
        long inFlight = timing.timeout().dividedBy(timing.every()) + 1;
        return DEPTH + (int) Math.min(inFlight, 10_000);
    }

    /** How long a target may go without a probe, and a vantage without judging it, before nothing is known of it any more. */
    public static Duration freshness(Timing timing) {
        return timing.every().multipliedBy(2).plus(timing.timeout());
    }

    /** Whether these probes tell the verdict, so that no older ones have to be read. */
    static boolean isEnough(List<ProbeRecord> newestFirst, Instant now) {
        return Findings.of(newestFirst, null, now).isSettled();
    }

    /** The verdict of a whole history. */
    public static Verdict judge(Target target, List<ProbeRecord> newestFirst, Instant now) {
        return judge(target, newestFirst, null, now);
    }

    /**
     * The verdict of a history's newest part.
     *
     * @param newestFirst probes of one vantage, by sending; {@link #depth} of them are enough
     * @param before what this vantage held of the target when it judged last: it remembers an outage that began before these
     *     probes; null when it never judged
     * @return the verdict; its {@code since} is never after now
     */
    public static Verdict judge(Target target, List<ProbeRecord> newestFirst, @Nullable Verdict before, Instant now) {
        Findings findings = Findings.of(target, newestFirst, before, now);
        Verdict raw = raw(target, findings, before, now);
        Instant since = since(raw, findings, before);
        return new Verdict(
                raw.state(), since.isAfter(now) ? now : since, raw.cause(), raw.lastRoundTrip(), raw.lastReturn());
    }

    /**
     * When another probe is wanted before the regular one. After a first failure one is due {@code retryAfter} after the failure was known,
     * once in an outage. After a probe that proved nothing the next one is due {@code retryAfter} (at least 10 s) after it ended, and each time
     * twice as long after the one before, until the regular interval is shorter. None while one is under way that will tell.
     *
     * @param before as for {@link #judge(Target, List, Verdict, Instant)}
     */
    public static Optional<Instant> retryDue(
            Target target, List<ProbeRecord> newestFirst, @Nullable Verdict before, Instant now) {
        Verdict verdict = judge(target, newestFirst, before, now);
        Findings findings = Findings.of(target, newestFirst, before, now);
        if (verdict.state() == State.NOT_APPLICABLE || verdict.state() == State.DOWN) {
            return Optional.empty();
        }
        if (findings.failures().isEmpty()) {
            return afterBlanks(target.timing(), findings.blanks(), findings.flying());
        }
        Instant known = Findings.known(findings.failures().getFirst());
        List<ProbeRecord> flying = since(findings.flying(), known);
        List<ProbeRecord> blanks = since(findings.blanks(), known);
        if (!flying.isEmpty()) {
            return Optional.empty();
        }
        return blanks.isEmpty()
                ? Optional.of(known.plus(target.timing().retryAfter()))
                : afterBlanks(target.timing(), blanks, flying);
    }

    private static List<ProbeRecord> since(List<ProbeRecord> probes, Instant instant) {
        return probes.stream().filter(probe -> !probe.sent().isBefore(instant)).toList();
    }

    private static Optional<Instant> afterBlanks(Timing timing, List<ProbeRecord> blanks, List<ProbeRecord> flying) {
        if (blanks.isEmpty()
                || flying.stream()
                        .anyMatch(
                                probe -> probe.sent().isAfter(blanks.getFirst().sent()))) {
            return Optional.empty();
        }
        Duration step = timing.retryAfter().compareTo(LEAST_PACE) > 0 ? timing.retryAfter() : LEAST_PACE;
        Duration pace = step.multipliedBy(1L << Math.min(blanks.size() - 1, 20));
        return pace.compareTo(timing.every()) < 0
                ? Optional.of(Findings.ended(blanks.getFirst()).plus(pace))
                : Optional.empty();
    }

    /** Why a target is not judged at an instant; empty when it is. */
    static String notApplicable(Policy policy, Instant now) {
        if (!policy.enabled()) {
            return "disabled";
        }
        if (policy.passive()) {
            return "a stand-by node";
        }
        return policy.isInMaintenance(now) ? "in maintenance" : "";
    }

    private static Verdict raw(Target target, Findings findings, @Nullable Verdict before, Instant now) {
        String reason = notApplicable(target.policy(), now);
        if (!reason.isEmpty()) {
            return verdict(State.NOT_APPLICABLE, now, reason, findings, before);
        }
        if (before != null && before.state() == State.DOWN && !returnedSince(findings, before)) {
            String cause = findings.failures().isEmpty() ? before.cause() : Words.of(findings.newestFailure());
            return verdict(State.DOWN, before.since(), cause, findings, before);
        }
        ProbeRecord newest = findings.newest();
        if (newest == null) {
            return verdict(State.INCONCLUSIVE, now, Words.NOT_PROBED_YET, findings, before);
        }
        Instant stale = newest.sent().plus(freshness(target.timing()));
        if (now.isAfter(stale)) {
            return verdict(State.INCONCLUSIVE, stale, Words.noProbeSince(newest.sent()), findings, before);
        }
        if (findings.isFailedTwice()) {
            return verdict(State.DOWN, findings.failingSince(), Words.of(findings.newestFailure()), findings, before);
        }
        return ofStanding(findings, before, now);
    }

    private static Verdict ofStanding(Findings findings, @Nullable Verdict before, Instant now) {
        if (findings.endsBlank()) {
            ProbeRecord blank = findings.blanks().getFirst();
            return verdict(State.INCONCLUSIVE, Findings.ended(blank), Words.of(blank), findings, before);
        }
        if (!findings.failures().isEmpty()) {
            return verdict(
                    State.FAILING, findings.failingSince(), Words.of(findings.newestFailure()), findings, before);
        }
        for (ProbeRecord probe : findings.flying().reversed()) {
            if (now.isAfter(probe.slowFrom())) {
                return verdict(State.SLOW, probe.slowFrom(), Words.of(probe), findings, before);
            }
        }
        ProbeRecord success = findings.success();
        if (success == null) {
            boolean flows = before != null && (before.state() == State.HEALTHY || before.state() == State.SLOW);
            return flows && before != null
                    ? before
                    : verdict(State.INCONCLUSIVE, now, Words.NOT_PROBED_YET, findings, before);
        }
        return isSlow(success)
                ? verdict(State.SLOW, Findings.ended(success), Words.of(success), findings, before)
                : verdict(State.HEALTHY, Findings.ended(success), "", findings, before);
    }

    private static boolean isSlow(ProbeRecord success) {
        return switch (success.outcome()) {
            case Outcome.Returned(var trip) -> trip.time().compareTo(success.slowAfter()) > 0;
            default -> true;
        };
    }

    private static Verdict verdict(
            State state, Instant since, String cause, Findings findings, @Nullable Verdict before) {
        Duration time = before == null ? null : before.lastRoundTrip();
        ProbeRecord newest = findings.lastReturned();
        if (newest != null) {
            time = switch (newest.outcome()) {
                case Outcome.Returned(var trip) -> trip.time();
                case Outcome.Late(var trip) -> trip.time();
                default -> time;
            };
        }
        return new Verdict(state, since, cause, time, findings.lastReturn());
    }

    /** Since when, where it was so before: since then; an outage since its first failure, which may be older than the probes shown. */
    private static Instant since(Verdict raw, Findings findings, @Nullable Verdict before) {
        if (before == null) {
            return raw.since();
        }
        if (isFailure(raw.state())) {
            boolean goesOn = isFailure(before.state()) && !returnedSince(findings, before);
            return goesOn && before.since().isBefore(raw.since()) ? before.since() : raw.since();
        }
        return before.state() == raw.state() ? before.since() : raw.since();
    }

    private static boolean isFailure(State state) {
        return state == State.FAILING || state == State.DOWN;
    }

    private static boolean returnedSince(Findings findings, Verdict before) {
        Instant last = findings.lastReturn();
        return last != null && (before.lastReturn() == null || last.isAfter(before.lastReturn()));
    }
}
