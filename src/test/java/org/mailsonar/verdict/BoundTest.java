package org.mailsonar.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.verdict.Verdict.State;

class BoundTest {

    @Test
    void the_bound_is_told_with_its_parts() {
        assertThat(Bound.text(Story.COMPANY))
                .isEqualTo("company: told down at most 40 min 30 s after a fault (20 min + 10 min + 30 s + 10 min)");
    }

    /** All in seconds. */
    @ParameterizedTest
    @CsvSource({
        "1200, 600,  30, 2430", // the defaults
        " 610, 600,  30, 1820", // the regular probe is due before the retry
        " 600, 600,  30, 1830", // due as the loss becomes known: it may have left just before
        "  60, 600,  30, 1290",
        " 180, 600,  30, 1410",
        " 180, 600, 500, 1500", // 600 is 3 intervals and a third
        "   7, 600,  30, 1209",
        "   1,  10,  30,   22",
        "  60,  60, 600,  240"
    })
    void the_bound_is_the_worst_of_all_faults(int every, int timeout, int retryAfter, int bound) {
        Timing timing = timing(every, timeout, retryAfter);

        assertThat(Bound.of(timing)).isEqualTo(Duration.ofSeconds(bound));
        assertThat(worst(timing)).isBetween(bound - Math.max(2.0, every * 0.05), bound + 0.3);
    }

    @Test
    void a_regular_probe_that_is_due_just_after_the_loss_is_known_may_have_left_just_before() {
        Timing standard = timing(600, 600, 30);
        Timing timing =
                new Timing(Duration.ofMillis(600_050), standard.slowAfter(), standard.timeout(), standard.retryAfter());

        assertThat(Bound.of(timing)).isEqualTo(Duration.ofMillis(1_830_050));
        assertThat(worst(timing)).isBetween(1_829.0, 1_830.4);
    }

    @Test
    void no_random_timing_takes_longer_than_its_bound() {
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            Timing timing = timing(5 + random.nextInt(300), 5 + random.nextInt(300), 5 + random.nextInt(200));

            assertThat(worst(timing))
                    .as("%s", timing)
                    .isLessThanOrEqualTo(Bound.of(timing).toMillis() / 1e3 + 0.3);
        }
    }

    /** Faults that begin at many instants, right after a probe went through above all; probes leave up to 100 ms late. */
    private static double worst(Timing timing) {
        Random random = new Random(7);
        double worst = 0;
        for (int i = 0; i < 25; i++) {
            Duration every = timing.every();
            Duration after = i < 15 ? Duration.ofMillis(i * 8L) : Duration.ofMillis(random.nextLong(every.toMillis()));
            worst = Math.max(worst, untilDown(timing, after, random).toMillis() / 1e3);
        }
        return worst;
    }

    /** Plays the agenda: regular probes, and the retries that the judge asks for, after which an interval begins anew. */
    private static Duration untilDown(Timing timing, Duration faultAfter, Random random) {
        Target target = Story.target(timing, Policy.STANDARD);
        Instant fault = Story.START.plus(timing.every()).plusMillis(100).plus(faultAfter);
        List<Story> stories = new ArrayList<>();
        TreeSet<Instant> ends = new TreeSet<>();
        Instant due = Story.START;
        Verdict held = null;
        while (true) {
            boolean sends = ends.isEmpty() || !due.isAfter(ends.first());
            Instant now = sends ? due.plusMillis(random.nextInt(100)) : ends.removeFirst();
            if (sends) {
                boolean through = now.isBefore(fault);
                stories.add(new Story(
                        now, through ? "returned" : "lost", through ? Duration.ofMillis(1) : timing.timeout()));
                ends.add(stories.getLast().ended());
                due = due.plus(timing.every());
            }
            List<ProbeRecord> shown = Story.shown(stories, timing, now);
            Optional<Instant> retry = Judge.retryDue(target, shown, held, now);
            held = Judge.judge(target, shown, held, now);
            if (held.state() == State.DOWN) {
                return Duration.between(fault, now);
            }
            Instant regular = due;
            due = retry.filter(wanted -> wanted.isBefore(regular)).orElse(regular);
        }
    }

    private static Timing timing(int every, int timeout, int retryAfter) {
        Duration slow = Duration.ofSeconds(Math.min(timeout, 120));
        return new Timing(Duration.ofSeconds(every), slow, Duration.ofSeconds(timeout), Duration.ofSeconds(retryAfter));
    }
}
