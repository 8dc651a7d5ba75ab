package org.mailsonar.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;

class FirstRunTest {

    private static final Instant NOW = TestProbes.SENT;

    @Test
    void targets_that_were_never_probed_are_spread_over_their_interval() {
        assertThat(FirstRun.delays(targets(4, 20), Map.of(), NOW)).containsExactly(minutes(0, 5, 10, 15));
    }

    @Test
    void a_single_target_is_probed_at_once() {
        assertThat(FirstRun.delays(targets(1, 20), Map.of(), NOW)).containsExactly(Duration.ZERO);
    }

    @Test
    void no_target_is_no_trouble() {
        assertThat(FirstRun.delays(List.of(), Map.of(), NOW)).isEmpty();
    }

    @Test
    void a_target_that_was_probed_is_due_one_interval_later() {
        assertThat(FirstRun.delays(targets(2, 20), Map.of("0", probed(-8), "1", probed(0)), NOW))
                .containsExactly(minutes(12, 20));
    }

    @Test
    void those_that_became_due_while_nobody_was_here_follow_one_another_closely() {
        Map<String, ProbeRecord> newest =
                Map.of("0", probed(-21), "1", probed(-5000), "2", probed(-20), "3", probed(-19));
        assertThat(FirstRun.delays(targets(4, 20), newest, NOW))
                .containsExactly(Duration.ZERO, FirstRun.CATCH_UP, FirstRun.CATCH_UP.multipliedBy(2), minutes(1)[0]);
    }

    @Test
    void thousands_that_became_due_are_caught_up_with_within_one_interval() {
        List<Target> targets = targets(6_000, 20);
        Map<String, ProbeRecord> newest = new HashMap<>();
        targets.forEach(target -> newest.put(target.name(), probed(-60)));
        assertThat(FirstRun.delays(targets, newest, NOW))
                .doesNotHaveDuplicates()
                .allMatch(delay -> delay.compareTo(Duration.ofMinutes(20)) < 0);
    }

    @Test
    void a_last_probe_in_the_future_delays_by_one_interval_at_most() {
        assertThat(FirstRun.delays(targets(1, 20), Map.of("0", probed(600)), NOW))
                .containsExactly(minutes(20));
    }

    @Test
    void runs_that_a_halt_has_swallowed_are_left_out() {
        assertThat(ProbeSchedule.next(100, 10, 100)).isEqualTo(110);
        assertThat(ProbeSchedule.next(100, 10, 95)).isEqualTo(110);
        assertThat(ProbeSchedule.next(100, 10, 109)).isEqualTo(110);
        assertThat(ProbeSchedule.next(100, 10, 110)).isEqualTo(120);
        assertThat(ProbeSchedule.next(100, 10, 10_005)).isEqualTo(10_010);
        assertThat(ProbeSchedule.next(-100, 10, -5)).isEqualTo(0);
    }

    private static List<Target> targets(int count, int everyMinutes) {
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> new Target(
                        String.valueOf(i),
                        EmailAddress.parse("webscout" + i + "@company.test"),
                        Duration.ofMinutes(everyMinutes),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        0))
                .toList();
    }

    private static ProbeRecord probed(int minutesFromNow) {
        return ProbeRecord.leaving(
                TestProbes.ID,
                "whichever",
                TestProbes.TARGET,
                "sydney",
                NOW.plus(Duration.ofMinutes(minutesFromNow)),
                Duration.ofMinutes(10));
    }

    private static Duration[] minutes(int... minutes) {
        return Arrays.stream(minutes).mapToObj(Duration::ofMinutes).toArray(Duration[]::new);
    }
}
