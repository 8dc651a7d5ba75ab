package org.mailsonar.verdict;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckBook;
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

    private final String vantage;
    private final Function<String, Optional<Target>> targets;
    private final Ledger ledger;
    private final Consensus consensus;
    private final @Nullable Diagnosis diagnosis;
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
        this(vantage, targets, ledger, situations, attendance, null, time, retries);
    }

    /**
     * The same, with what the targets' own checks found.
     *
     * @param checks where that is kept
     */
    public Assessor(
            String vantage,
            Function<String, Optional<Target>> targets,
            Ledger ledger,
            Situations situations,
            Attendance attendance,
            @Nullable CheckBook checks,
            TimeSource time,
            Retries retries) {
        this.vantage = vantage;
        this.targets = targets;
        this.ledger = ledger;
        this.consensus = new Consensus(vantage, situations, new Voters(vantage, attendance, time), time);
        this.diagnosis = checks == null ? null : new Diagnosis(vantage, checks);
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
        return found.isPresent() ? look(found.get(), null, true) : consensus.leave(target);
    }

    /** The vantages that are alive. */
    Voters voters() {
        return consensus.voters();
    }

    private Optional<Situation> look(Target target, @Nullable ProbeRecord ended, boolean thorough) {
        Instant now = time.now().wall().truncatedTo(ChronoUnit.MICROS);
        Standing own = consensus.own(target.name());
        Verdict before = own == null ? null : held(target, own, now);
        List<ProbeRecord> history = history(target, ended, now);
        Verdict verdict = explained(target, Judge.judge(target, history, before, now), now);
        Instant latest = Findings.latest(now);
        Judge.retryDue(target, history, before, now)
                .ifPresent(due ->
                        retries.ask(target.name(), due, history.getFirst().sent(), latest));
        return consensus.settle(target, own, verdict, thorough, now);
    }

    /** With what the target's own checks have found since it fails: which machine, and which protocol. */
    private Verdict explained(Target target, Verdict verdict, Instant now) {
        boolean fails = verdict.state() == State.FAILING || verdict.state() == State.DOWN;
        return diagnosis == null || !fails ? verdict : diagnosis.added(target.name(), verdict, now);
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
}
