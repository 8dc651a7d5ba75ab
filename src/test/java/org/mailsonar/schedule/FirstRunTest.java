package org.mailsonar.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.Route;
import org.mailsonar.roundtrip.Target;

class FirstRunTest {

    private static final Instant NOW = TestProbes.SENT;
    private static final Duration EVERY = Duration.ofMinutes(20);

    @Test
    void new_targets_are_spread_over_their_interval() {
        assertThat(dues(targets(4), Map.of())).containsExactly(minutes(0), minutes(5), minutes(10), minutes(15));
    }

    @Test
    void a_single_new_target_is_probed_at_once() {
        assertThat(dues(targets(1), Map.of())).containsExactly(NOW);
    }

    @Test
    void no_target_is_no_trouble() {
        assertThat(FirstRun.entries(List.of(), Map.of(), NOW)).isEmpty();
    }

    @Test
    void what_is_on_the_agenda_stays_there_and_is_not_written_again() {
        assertThat(FirstRun.entries(targets(2), agenda(12, 20), NOW)).isEmpty();
    }

    @Test
    void those_that_became_due_while_nobody_was_here_follow_one_another_closely() {
        assertThat(dues(targets(4), agenda(-1, -5000, 0, 1)))
                .containsExactly(NOW, NOW.plus(FirstRun.CATCH_UP), NOW.plus(FirstRun.CATCH_UP.multipliedBy(2)));
    }

    @Test
    void thousands_that_became_due_are_caught_up_with_within_one_interval() {
        List<Target> targets = targets(6_000);
        Map<String, Agenda.Entry> agenda = new HashMap<>();
        targets.forEach(target -> agenda.put(target.name(), entry(target.name(), -60, true)));
        assertThat(dues(targets, agenda))
                .hasSize(6_000)
                .doesNotHaveDuplicates()
                .allMatch(due -> due.isBefore(NOW.plus(EVERY)));
    }

    @Test
    void what_is_due_later_than_an_interval_from_now_was_planned_before_the_clock_was_set_back() {
        assertThat(dues(targets(4), agenda(600, 601, 602, 603)))
                .as("and is spread anew, else all would be due at once")
                .containsExactly(minutes(0), minutes(5), minutes(10), minutes(15));
    }

    @Test
    void a_shorter_interval_begins_now() {
        Target quick = new Target(
                "0", TestProbes.TARGET, Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(2), 0);
        assertThat(FirstRun.entries(List.of(quick), agenda(12), NOW))
                .containsExactly(new Agenda.Entry("0", minutes(0), Duration.ofMinutes(5), true));
    }

    @Test
    void what_is_no_target_any_more_is_disabled_once() {
        assertThat(FirstRun.entries(targets(1), agenda(12, 13), NOW)).containsExactly(entry("1", 13, false));
        Map<String, Agenda.Entry> disabled = Map.of("0", entry("0", 12, true), "1", entry("1", 13, false));
        assertThat(FirstRun.entries(targets(1), disabled, NOW)).isEmpty();
    }

    @Test
    void a_target_that_comes_back_is_due_again() {
        assertThat(FirstRun.entries(targets(1), Map.of("0", entry("0", -500, false)), NOW))
                .containsExactly(entry("0", 0, true));
    }

    @Test
    void a_target_that_is_not_enabled_is_not_given_out() {
        Target off = new Target(
                "0",
                TestProbes.TARGET,
                targets(1).getFirst().timing(),
                new Policy(false, false, 0, List.of(), Policy.Flapping.STANDARD, List.of()),
                Route.STANDARD);
        assertThat(FirstRun.entries(List.of(off), agenda(12), NOW)).containsExactly(entry("0", 12, false));
    }

    @Test
    void runs_that_a_halt_has_swallowed_are_left_out() {
        assertThat(Sending.next(NOW, EVERY, NOW)).isEqualTo(minutes(20));
        assertThat(Sending.next(NOW, EVERY, minutes(-5))).isEqualTo(minutes(20));
        assertThat(Sending.next(NOW, EVERY, minutes(19))).isEqualTo(minutes(20));
        assertThat(Sending.next(NOW, EVERY, minutes(20))).isEqualTo(minutes(40));
        assertThat(Sending.next(NOW, EVERY, minutes(10_005))).isEqualTo(minutes(10_020));
    }

    private static List<Instant> dues(List<Target> targets, Map<String, Agenda.Entry> agenda) {
        return FirstRun.entries(targets, agenda, NOW).stream()
                .map(Agenda.Entry::due)
                .toList();
    }

    private static List<Target> targets(int count) {
        return Stream.iterate(0, i -> i + 1)
                .limit(count)
                .map(i -> new Target(
                        String.valueOf(i),
                        EmailAddress.parse("webscout" + i + "@company.test"),
                        EVERY,
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        0))
                .toList();
    }

    private static Map<String, Agenda.Entry> agenda(int... minutesFromNow) {
        Map<String, Agenda.Entry> agenda = new HashMap<>();
        for (int i = 0; i < minutesFromNow.length; i++) {
            agenda.put(String.valueOf(i), entry(String.valueOf(i), minutesFromNow[i], true));
        }
        return agenda;
    }

    private static Agenda.Entry entry(String name, int minutesFromNow, boolean enabled) {
        return new Agenda.Entry(name, minutes(minutesFromNow), EVERY, enabled);
    }

    private static Instant minutes(int fromNow) {
        return NOW.plus(Duration.ofMinutes(fromNow));
    }
}
