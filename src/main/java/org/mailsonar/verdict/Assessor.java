package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.Attendance;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.Verdict.State;

/**
 * Judges a target whenever something happened to it: reads its newest probes, notes what this vantage holds, combines that with the others
 * and writes what came out. Of all monitors exactly one enters each change: a situation is replaced only in the version
 * that was read, and who comes second looks anew. Only what differs is written; a healthy target that stays healthy costs two reads and,
 * once in more than an interval, one write. Thread-safe. Methods throw {@link org.mailsonar.roundtrip.LedgerException} when a book cannot be
 * read or written; what was not done then is done with the next look.
 */
public final class Assessor {

    /** Where another probe of a target is asked for. */
    @FunctionalInterface
    public interface Retries {

        /**
         * Asks for one, unless one was sent meanwhile.
         *
         * @param due when it is wanted
         * @param seen when the newest probe was sent that is known here
         * @param latest what was sent after this instant was sent before the clock was set back
         */
        void ask(String target, Instant due, Instant seen, Instant latest);
    }

    /** So many of the newest probes tell the verdict of nearly every target that is well. */
    private static final int FIRST = 4;

    private static final int MOST_TRIES = 10;

    /** What no monitor has judged for so long is in nobody's file. */
    private static final Duration GONE = Duration.ofHours(1);

    /** A standing of what is not well is renewed so often, however long the interval is, so that no other monitor takes it for gone. */
    private static final Duration UNWELL_RENEWED = Duration.ofMinutes(20);

    private final String vantage;
    private final Function<String, Optional<Target>> targets;
    private final Ledger ledger;
    private final Situations situations;
    private final Voters voters;
    private final TimeSource time;
    private final Retries retries;

    /**
     * An assessor of one vantage.
     *
     * @param targets the target of a name, as it is configured now; empty when there is none
     * @param retries asked again with each look, until there is one
     */
    public Assessor(
            String vantage,
            Function<String, Optional<Target>> targets,
            Ledger ledger,
            Situations situations,
            Attendance attendance,
            TimeSource time,
            Retries retries) {
        this.vantage = vantage;
        this.targets = targets;
        this.ledger = ledger;
        this.situations = situations;
        this.voters = new Voters(vantage, attendance, time);
        this.time = time;
        this.retries = retries;
    }

    /** Judges a target to whose probes something happened; nothing for one that is not configured. */
    public void assess(String target) {
        targets.apply(target).ifPresent(found -> look(found, null, false));
    }

    /** Judges the target of a probe that has ended, however old that probe is. */
    public void assess(ProbeRecord ended) {
        ProbeRecord own = ended.vantage().equals(vantage) ? ended : null;
        targets.apply(ended.target()).ifPresent(found -> look(found, own, false));
    }

    /**
     * Judges a target, also where nothing new is to be expected but from other vantages and from the time that has passed. One that is not
     * configured is not applicable as soon as no monitor has judged it for an hour.
     *
     * @return what is held of it now; empty for one of which nothing is held, or when others were first again and again
     */
    Optional<Situation> lookAgain(String target) {
        Optional<Target> found = targets.apply(target);
        return found.isPresent() ? look(found.get(), null, true) : leave(target);
    }

    /** Nobody judges it any more, so what was wrong would stay so, and be told, for ever. Others may still have it in their files. */
    private Optional<Situation> leave(String target) {
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

    /** The vantages that are alive. */
    Voters voters() {
        return voters;
    }

    private Optional<Situation> look(Target target, @Nullable ProbeRecord ended, boolean thorough) {
        Instant now = time.now().wall().truncatedTo(ChronoUnit.MICROS);
        Standing own = own(situations.standings(target.name()));
        Verdict before = own == null ? null : held(target, own, now);
        List<ProbeRecord> history = history(target, ended, now);
        Verdict verdict = Judge.judge(target, history, before, now);
        Instant latest = Findings.latest(now);
        Judge.retryDue(target, history, before, now)
                .ifPresent(due ->
                        retries.ask(target.name(), due, history.getFirst().sent(), latest));
        if (isWorthNoting(target, own, verdict, now)) {
            situations.note(new Standing(target.name(), vantage, verdict, now));
        } else if (!thorough && verdict.state() == State.HEALTHY) {
            return Optional.empty();
        }
        return combine(target, now);
    }

    /** A first failure that nobody followed up for so long is not the first of two. What is down stays so. */
    private static Verdict held(Target target, Standing own, Instant now) {
        Verdict held = own.verdict();
        boolean isOld = own.at().isBefore(now.minus(Judge.freshness(target.timing())));
        return isOld && held.state() == State.FAILING
                ? new Verdict(
                        State.INCONCLUSIVE, own.at(), Words.NOT_PROBED_YET, held.lastRoundTrip(), held.lastReturn())
                : held;
    }

    private @Nullable Standing own(List<Standing> standings) {
        return standings.stream()
                .filter(standing -> standing.vantage().equals(vantage))
                .findFirst()
                .orElse(null);
    }

    private List<ProbeRecord> history(Target target, @Nullable ProbeRecord ended, Instant now) {
        List<ProbeRecord> few = ledger.newest(target.name(), vantage, Findings.latest(now), FIRST);
        if (few.size() < FIRST || Judge.isEnough(few, now)) {
            return few;
        }
        List<ProbeRecord> many = new ArrayList<>(
                ledger.newest(target.name(), vantage, Findings.latest(now), Judge.depth(target.timing())));
        if (ended != null && many.stream().noneMatch(probe -> probe.id().equals(ended.id()))) {
            many.add(ended);
        }
        return many;
    }

    /**
     * A standing that says the same is renewed at half the age at which others do not believe it any more, so that one lost renewal
     * does no harm.
     */
    private static boolean isWorthNoting(Target target, @Nullable Standing own, Verdict verdict, Instant now) {
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
    private Optional<Situation> combine(Target target, Instant now) {
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
