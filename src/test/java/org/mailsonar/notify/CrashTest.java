package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.verdict.Verdict.State.DOWN;
import static org.mailsonar.verdict.Verdict.State.HEALTHY;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A monitor is killed at each of its steps in turn, before and after it, and another one goes on. */
class CrashTest {

    private static final Rule RULE = Rule.of("all", List.of("pager"));
    private static final List<String> ALL = List.of(
            "pager: CHANGE one down",
            "pager: CHANGE two down",
            "pager: CHANGE one healthy",
            "pager: CHANGE two healthy");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void all_is_told_at_least_once_and_at_most_twice(boolean after) {
        int step = 0;
        int deaths = 0;
        boolean wasKilled = true;
        for (; wasKilled; step++) {
            try (TellingDesk desk = new TellingDesk(RULE)) {
                desk.outbox.killAt(step, after);
                desk.change("one", DOWN);
                desk.change("two", DOWN);
                untilKilled(desk, Duration.ofSeconds(3));
                desk.change("one", HEALTHY);
                desk.change("two", HEALTHY);
                untilKilled(desk, Duration.ofSeconds(3));
                wasKilled = desk.outbox.revive();
                deaths += wasKilled ? 1 : 0;
                desk.restart();
                desk.pass(Announcer.LEASE.multipliedBy(3));

                assertThat(desk.outbox.waiting()).as("step %d", step).isZero();
                assertThat(desk.told).as("step %d", step).containsOnlyOnceElementsOf(once(desk.told));
                for (String line : ALL) {
                    assertThat(Collections.frequency(desk.told, line))
                            .as("step %d: %s", step, line)
                            .isBetween(1, 2);
                }
                assertThat(desk.told.size()).as("step %d", step).isBetween(4, 6);
            }
        }
        assertThat(deaths).isGreaterThan(7);
    }

    private static List<String> once(List<String> told) {
        return told.stream()
                .filter(line -> Collections.frequency(told, line) == 1)
                .toList();
    }

    private static void untilKilled(TellingDesk desk, Duration time) {
        try {
            desk.pass(time);
        } catch (MemoryOutbox.Killed killed) {
            // and the rest of its life is not lived
        }
    }
}
