package org.mailsonar.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.mailsonar.roundtrip.Judged;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Sight;
import org.mailsonar.roundtrip.Targets;
import org.mailsonar.store.Store;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.Assessor;
import org.mailsonar.verdict.CheckAssessor;
import org.mailsonar.verdict.CheckTarget;
import org.mailsonar.verdict.CheckTargets;
import org.mailsonar.verdict.Rounds;

/**
 * How targets are judged.
 *
 * @param one judges the target of a probe to which something happened
 * @param checks judges what checks have looked at
 * @param all looks at those whose verdict time alone may have changed
 * @param allEvery how often {@code all} is to be done
 */
record Judging(Consumer<ProbeRecord> one, CheckAssessor checks, Runnable all, Duration allEvery) {

    private static final Duration ALL_EVERY = Duration.ofSeconds(5);

    /**
     * How a monitor judges what it has.
     *
     * @param retries takes what is to be looked at again before its time, and when
     */
    static Judging of(
            MonitorSettings settings,
            Targets targets,
            CheckTargets checks,
            Sight sight,
            Store store,
            BiConsumer<CheckTarget, Instant> retries) {
        TimeSource time = TimeSource.system();
        Assessor assessor = new Assessor(
                settings.vantage(),
                targets::named,
                store.ledger(),
                store.situations(),
                store.attendance(),
                store.checks(),
                time,
                (target, due, seen, latest) -> store.agenda().retry(target, settings.vantage(), due, seen, latest));
        CheckAssessor checkAssessor = new CheckAssessor(
                settings.vantage(),
                checks::named,
                store.checks(),
                store.situations(),
                store.attendance(),
                time,
                retries);
        Rounds rounds = new Rounds(assessor, checkAssessor, () -> all(targets, checks), store.situations(), time);
        Runnable looking = () -> {
            if (sight.isClear()) { // else what is on its way only seems to be slow
                rounds.look();
            }
        };
        return new Judging(assessor::assess, checkAssessor, looking, ALL_EVERY);
    }

    private static List<Judged> all(Targets targets, CheckTargets checks) {
        List<Judged> all = new ArrayList<>(targets.all());
        all.addAll(checks.all());
        return all;
    }
}
