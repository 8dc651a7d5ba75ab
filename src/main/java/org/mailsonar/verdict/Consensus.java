package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.Judged;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.Verdict.State;

/**
 * Notes what one vantage holds and makes what all hold of it. Of all monitors exactly one enters each change: a situation is replaced only
 * in the version that was read, and who comes second looks anew. Only what differs is written. Thread-safe.
 */
final class Consensus {

    private static final int MOST_TRIES = 10;

    /** What no monitor has judged for so long is in nobody's file. */
    private static final Duration GONE = Duration.ofHours(1);

    /** A standing of what is not well is renewed so often, however long the interval is, so that no other monitor takes it for gone. */
    private static final Duration UNWELL_RENEWED = Duration.ofMinutes(20);

    private final String vantage;
    private final Situations situations;
    private final Voters voters;
    private final TimeSource time;

    Consensus(String vantage, Situations situations, Voters voters, TimeSource time) {
        this.vantage = vantage;
        this.situations = situations;
        this.voters = voters;
        this.time = time;
    }

    /** The vantages that are alive. */
    Voters voters() {
        return voters;
    }

    /** What this vantage held of a target when it judged last; null when it never did. */
    @Nullable
    Standing own(String target) {
        return situations.standings(target).stream()
                .filter(standing -> standing.vantage().equals(vantage))
                .findFirst()
                .orElse(null);
    }

    /**
     * Takes what this vantage holds now.
     *
     * @param own what it held before; null when it never judged
     * @param thorough whether the others are asked although nothing is new here
     * @return what all hold; empty when they were not asked, or when others were first again and again
     */
    Optional<Situation> settle(Judged target, @Nullable Standing own, Verdict verdict, boolean thorough, Instant now) {
        if (isWorthNoting(target, own, verdict, now)) {
            situations.note(new Standing(target.name(), vantage, verdict, now));
        } else if (!thorough && verdict.state() == State.HEALTHY) {
            return Optional.empty();
        }
        return combine(target, now);
    }

    /** Nobody judges it any more, so what was wrong would stay so, and be told, for ever. Others may still have it in their files. */
    Optional<Situation> leave(String target) {
        Situation before = situations.of(target).orElse(null);
        Instant now = time.now().wall().truncatedTo(ChronoUnit.MICROS);
        if (before == null
                || before.isWell()
                || situations.standings(target).stream()
                        .anyMatch(standing -> standing.at().isAfter(now.minus(GONE)))) {
            return Optional.ofNullable(before);
        }
        Verdict old = before.verdict();
        Verdict gone = new Verdict(State.NOT_APPLICABLE, now, Words.LEFT, old.lastRoundTrip(), old.lastReturn());
        List<Change> told = situations.changes(target, old.since());
        List<String> tags = told.isEmpty() ? List.of() : told.getLast().tags();
        Change change = new Change(0, target, old.state(), gone, now, before.votes(), false, tags);
        Situation after = new Situation(target, gone, null, before.votes(), List.of(), before.version() + 1);
        return situations.replace(before.version(), after, List.of(change)) ? Optional.of(after) : Optional.empty();
    }

    /**
     * A standing that says the same is renewed at half the age at which others do not believe it any more, so that one lost renewal
     * does no harm.
     */
    private static boolean isWorthNoting(Judged target, @Nullable Standing own, Verdict verdict, Instant now) {
        if (own == null || !Standing.isSame(own.verdict(), verdict)) {
            return true;
        }
        boolean newReturn = verdict.state() != State.HEALTHY
                && verdict.lastReturn() != null
                && !verdict.lastReturn().equals(own.verdict().lastReturn());
        Duration age = Duration.between(own.at(), now).abs();
        boolean well = verdict.state() == State.HEALTHY || verdict.state() == State.NOT_APPLICABLE;
        Duration half = Judge.freshness(target.timing()).dividedBy(2);
        Duration renewed = well || half.compareTo(UNWELL_RENEWED) < 0 ? half : UNWELL_RENEWED;
        return newReturn || age.compareTo(renewed) >= 0;
    }

    /**
     * The situation is read before the standings: who noted his after these were read, reads this one or a later situation, and so one of
     * the two finds that the other was first. What was noted while this wrote is looked at once more.
     */
    private Optional<Situation> combine(Judged target, Instant now) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Situation before = situations.of(target.name()).orElse(null);
            List<Standing> standings = situations.standings(target.name());
            Quorum.Result truth = Quorum.of(target, standings, voters.fresh(), now);
            Steadiness.Step step = Steadiness.next(target, before, truth, now);
            if (before != null && step.situation().version() == before.version()) {
                return Optional.of(before);
            }
            long version = before == null ? 0 : before.version();
            if (situations.replace(version, step.situation(), step.changes())
                    && situations.standings(target.name()).equals(standings)) {
                return Optional.of(step.situation());
            }
        }
        return Optional.empty();
    }
}
