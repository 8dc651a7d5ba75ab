package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckBook;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.roundtrip.Attendance;
import org.mailsonar.time.TimeSource;

/**
 * Keeps what checks found and judges what they looked at, as {@link Assessor} does with probes. Thread-safe. Methods throw {@link
 * org.mailsonar.roundtrip.LedgerException} when a book cannot be read or written.
 */
public final class CheckAssessor {

    /** The clocks of several monitors differ; what is later than this was found before the clock was set back. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final String vantage;
    private final Function<String, Optional<CheckTarget>> targets;
    private final CheckBook book;
    private final Consensus consensus;
    private final TimeSource time;
    private final BiConsumer<CheckTarget, Instant> retries;

    /**
     * An assessor of one vantage.
     *
     * @param targets what is checked under a name, as it is configured now; empty when nothing is
     * @param retries takes when another look is wanted before the regular one
     */
    public CheckAssessor(
            String vantage,
            Function<String, Optional<CheckTarget>> targets,
            CheckBook book,
            Situations situations,
            Attendance attendance,
            TimeSource time,
            BiConsumer<CheckTarget, Instant> retries) {
        this.vantage = vantage;
        this.targets = targets;
        this.book = book;
        this.consensus = new Consensus(vantage, situations, new Voters(vantage, attendance, time), time);
        this.time = time;
        this.retries = retries;
    }

    /** Keeps a result and judges what was looked at, unless it has left the configuration meanwhile. */
    public void found(CheckTarget target, CheckResult result) {
        book.add(CheckRecord.of(target.name(), vantage, result));
        targets.apply(target.name()).ifPresent(current -> look(current, true));
    }

    /** Whether something is checked under this name. */
    boolean knows(String target) {
        return targets.apply(target).isPresent();
    }

    /** Judges where nothing new is to be expected but from other vantages and from the time that has passed; empty as with probes. */
    Optional<Situation> lookAgain(String target) {
        return targets.apply(target).flatMap(found -> look(found, false));
    }

    private Optional<Situation> look(CheckTarget target, boolean isNew) {
        Instant now = time.now().wall().truncatedTo(ChronoUnit.MICROS);
        @Nullable Standing own = consensus.own(target.name());
        Verdict before = own == null ? null : own.verdict();
        List<CheckRecord> newest = book.newest(target.name(), vantage, now.plus(SKEW), CheckJudge.DEPTH);
        if (isNew) {
            CheckJudge.retryDue(target, newest, before, now).ifPresent(due -> retries.accept(target, due));
        }
        Verdict verdict = CheckJudge.judge(target, newest, before, now);
        return consensus.settle(target, own, verdict, !isNew, now);
    }
}
