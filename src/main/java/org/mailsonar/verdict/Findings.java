package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.verdict.Verdict.State;

/**
 * What a target's newest probes prove, put in order. A failure or a blank stands until mail gets through: until a probe that was sent later
 * came back, or any probe came back later. So neither an old probe's loss nor its bounce days later says anything of a target whose newer
 * probes came back meanwhile.
 *
 * @param success the newest sent of those that came back; null when none did
 * @param lastReturn when one came back last; null when none did
 * @param lastReturned which one that was; null when it is older than the probes shown, or there is none
 * @param failures the failures that stand, by when they were known, first one first
 * @param blanks the probes that prove nothing, failures that do not count among them, and have ended since mail got through last, newest ended first
 * @param flying the probes in flight that were sent after {@code success}, newest first
 * @param newest the newest sent of all; null when there is none
 */
record Findings(
        @Nullable ProbeRecord success,
        @Nullable Instant lastReturn,
        @Nullable ProbeRecord lastReturned,
        List<ProbeRecord> failures,
        List<ProbeRecord> blanks,
        List<ProbeRecord> flying,
        @Nullable ProbeRecord newest) {

    /** The clocks of several monitors differ; what was sent later than this after now was sent before the clock was set back. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** What one outcome proves. */
    private enum Proof {
        SUCCESS,
        FAILURE,
        BLANK,
        NONE_YET
    }

    /**
     * Reads a target's history. A failure in its maintenance is a blank, and so is one of long ago, unless it belongs to what is still held
     * against the target.
     *
     * @param newestFirst probes by sending
     * @param before what was held when it was judged last; null when it never was
     */
    static Findings of(Target target, List<ProbeRecord> newestFirst, @Nullable Verdict before, Instant now) {
        Findings all = of(newestFirst, before == null ? null : before.lastReturn(), now);
        boolean goesOn = before != null && (before.state() == State.FAILING || before.state() == State.DOWN);
        Instant oldest = goesOn ? Instant.MIN : now.minus(Judge.freshness(target.timing()));
        List<ProbeRecord> failures = new ArrayList<>();
        List<ProbeRecord> blanks = new ArrayList<>(all.blanks());
        for (ProbeRecord failure : all.failures()) {
            boolean counts = !known(failure).isBefore(oldest) && !isInMaintenance(target.policy(), failure);
            (counts ? failures : blanks).add(failure);
        }
        blanks.sort(Comparator.comparing(Findings::known).reversed());
        return new Findings(
                all.success(), all.lastReturn(), all.lastReturned(), failures, blanks, all.flying(), all.newest());
    }

    private static boolean isInMaintenance(Policy policy, ProbeRecord failure) {
        return policy.isInMaintenance(failure.sent()) || policy.isInMaintenance(known(failure));
    }

    /**
     * Reads a history.
     *
     * @param newestFirst probes by sending
     * @param remembered when a probe came back last, which may be older than these; null when none is known
     */
    static Findings of(List<ProbeRecord> newestFirst, @Nullable Instant remembered, Instant now) {
        List<ProbeRecord> probes = newestFirst.stream()
                .filter(probe -> !isFuture(probe.sent(), now))
                .toList();
        Instant lastReturn = remembered != null && isFuture(remembered, now) ? null : remembered;
        ProbeRecord lastReturned = null;
        for (ProbeRecord probe : probes) {
            if (proof(probe) == Proof.SUCCESS
                    && (lastReturn == null || !ended(probe).isBefore(lastReturn))) {
                lastReturn = ended(probe);
                lastReturned = probe;
            }
        }
        List<ProbeRecord> failures = new ArrayList<>();
        List<ProbeRecord> blanks = new ArrayList<>();
        List<ProbeRecord> flying = new ArrayList<>();
        ProbeRecord success = null;
        for (int i = 0; i < probes.size() && success == null; i++) {
            ProbeRecord probe = probes.get(i);
            switch (proof(probe)) {
                case SUCCESS -> success = probe;
                case FAILURE -> addIfLater(failures, probe, lastReturn);
                case BLANK -> addIfLater(blanks, probe, lastReturn);
                case NONE_YET -> flying.add(probe);
            }
        }
        failures.sort(Comparator.comparing(Findings::known));
        blanks.sort(Comparator.comparing(Findings::known).reversed());
        return new Findings(
                success,
                lastReturn,
                lastReturned,
                failures,
                blanks,
                flying,
                probes.isEmpty() ? null : probes.getFirst());
    }

    /** Whether so short a history settles all: mail got through, and nothing stands that an older probe's late return could remove. */
    boolean isSettled() {
        return success != null && failures.isEmpty() && blanks.isEmpty();
    }

    /** Whether a probe failed that was sent when another failure was known: two that one glitch took are not two. */
    boolean isFailedTwice() {
        return !failures.isEmpty()
                && failures.stream().anyMatch(failure -> !failure.sent().isBefore(known(failures.getFirst())));
    }

    /** Whether the newest that ended since mail got through last proves nothing. */
    boolean endsBlank() {
        return !blanks.isEmpty()
                && (failures.isEmpty() || known(blanks.getFirst()).isAfter(known(failures.getLast())));
    }

    /** The failure that was known last; there must be one. */
    ProbeRecord newestFailure() {
        return failures.getLast();
    }

    /** When the first probe that failed was sent; there must be one. */
    Instant failingSince() {
        return failures.stream()
                .map(ProbeRecord::sent)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * When it was known what became of a probe that has ended. A mail system may give a probe back days after it was lost; its failure
     * is known since it was lost.
     */
    static Instant known(ProbeRecord probe) {
        Instant ended = ended(probe);
        return proof(probe) == Proof.FAILURE && probe.deadline().isBefore(ended) ? probe.deadline() : ended;
    }

    /** When a probe ended, or should have. */
    static Instant ended(ProbeRecord probe) {
        Instant ended = probe.ended();
        return ended == null ? probe.deadline() : ended;
    }

    private static Proof proof(ProbeRecord probe) {
        return switch (probe.outcome()) {
            case Outcome.Returned _, Outcome.Late _ -> Proof.SUCCESS;
            case Outcome.Lost _, Outcome.Bounced _, Outcome.Refused _ -> Proof.FAILURE;
            case Outcome.Deferred _, Outcome.SendFailed _, Outcome.Inconclusive _ -> Proof.BLANK;
            case Outcome.InFlight _ -> Proof.NONE_YET;
        };
    }

    private static void addIfLater(List<ProbeRecord> list, ProbeRecord probe, @Nullable Instant lastReturn) {
        if (lastReturn == null || known(probe).isAfter(lastReturn)) {
            list.add(probe);
        }
    }

    /** What was sent after this says nothing. */
    static Instant latest(Instant now) {
        return now.plus(SKEW);
    }

    private static boolean isFuture(Instant instant, Instant now) {
        return instant.isAfter(latest(now));
    }
}
