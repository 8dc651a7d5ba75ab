package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.verdict.Verdict.State.DOWN;
import static org.mailsonar.verdict.Verdict.State.HEALTHY;
import static org.mailsonar.verdict.Verdict.State.SLOW;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A monitor is killed at each of its steps in turn, before and after it, and another one goes on. */
class CrashTest {

    private static final Rule RULE = new Rule(
            "all",
            List.of(),
            List.of(),
            EnumSet.allOf(Severity.class),
            List.of("pager"),
            null,
            new Rule.Escalation(Duration.ofSeconds(5), List.of("boss")),
            null,
            Rule.ADVISORY_AFTER);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void all_is_told_at_least_once_and_at_most_twice(boolean after) {
        int step = 0;
        boolean wasKilled = true;
        for (; wasKilled; step++) {
            try (TellingDesk desk = new TellingDesk(RULE)) {
                desk.outbox.killAt(step, after);
                desk.change("one", DOWN);
                desk.change("two", SLOW);
                untilKilled(desk);
                desk.change("one", HEALTHY);
                desk.change("two", HEALTHY);
                untilKilled(desk);
                wasKilled = desk.outbox.revive();
                desk.restart();
                desk.pass(Announcer.LEASE.multipliedBy(4));

                requireAllTold(desk, "killed " + (after ? "after" : "before") + " step " + step);
            }
        }
        assertThat(step).isGreaterThan(20);
    }

    private static void requireAllTold(TellingDesk desk, String when) {
        assertThat(desk.outbox.waiting()).as(when).isZero();
        assertThat(desk.told)
                .as(when)
                .contains("pager: CHANGE one down", "pager: CHANGE one healthy")
                .allSatisfy(line ->
                        assertThat(Collections.frequency(desk.told, line)).isLessThanOrEqualTo(2));
        // What was over before it could be told is not told; but who was told of a problem is told of its end.
        for (String problem :
                List.of("pager: CHANGE two slow", "boss: ESCALATION one down", "boss: ESCALATION two slow")) {
            String end = problem.substring(0, problem.lastIndexOf(' ')).replace("ESCALATION", "CHANGE") + " healthy";
            if (desk.told.contains(problem)) {
                assertThat(desk.told.indexOf(end))
                        .as("%s: %s in %s", when, end, desk.told)
                        .isGreaterThan(desk.told.indexOf(problem));
            }
        }
    }

    private static void untilKilled(TellingDesk desk) {
        try {
            desk.pass(Duration.ofSeconds(25));
        } catch (MemoryOutbox.Killed killed) {
            // and the rest of its life is not lived
        }
    }
}
