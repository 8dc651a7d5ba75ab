package org.mailsonar.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailsonar.roundtrip.Maintenance;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.testing.TestClock;
import org.mailsonar.verdict.Verdict.State;

class AssessorTest {

    private final TestClock clock = new TestClock(Story.START);
    private final Books books = new Books();
    private final Map<String, Target> targets = new LinkedHashMap<>(Map.of("company", Story.COMPANY));
    private final Map<String, Instant> retries = new LinkedHashMap<>();
    private final Assessor sydney = assessor("sydney");
    private final Assessor london = assessor("london");

    @Test
    void an_outage_is_entered_step_by_step_and_each_step_once() {
        String history = "0 returned 3s | 20 lost | 30.5 lost | 50.5 returned 4s";
        for (String minute : List.of("1", "30", "30", "35", "41", "45", "51", "52")) {
            at(minute, "sydney", history);
            sydney.assess("company");
        }

        assertThat(books.changes("company", Story.START))
                .extracting(change ->
                        change.from().text() + " to " + change.verdict().state().text())
                .containsExactly("healthy to failing", "failing to down", "down to healthy");
        assertThat(books.changes("company", Story.START))
                .extracting(change -> change.verdict().since())
                .containsExactly(
                        Story.minute("20"),
                        Story.minute("20"),
                        Story.minute("50.5").plusSeconds(4));
        assertThat(retries).containsExactly(Map.entry("company", Story.minute("30.5")));
    }

    @Test
    void a_healthy_target_that_stays_so_costs_two_reads_of_a_few_probes_and_one_write_in_more_than_an_interval() {
        StringBuilder history = new StringBuilder("0 returned 3s");
        IntStream.range(1, 60).forEach(i -> history.append(" | ").append(i * 20).append(" returned 3s"));
        at("1", "sydney", history.toString());
        sydney.assess("company");
        books.reads.set(0);
        books.writes.set(0);
        books.probesRead.set(0);
        int afterReturn = 0;
        for (int i = 1; i < 60; i++) {
            at(String.valueOf(i * 20 + 1), "sydney", history.toString());
            int before = books.writes.get();
            int read = books.reads.get();
            sydney.assess("company");
            afterReturn += books.writes.get() == before ? books.reads.get() - read : 0;
        }

        assertThat(books.writes.get()).isBetween(20, 30); // of 59 returns
        assertThat(afterReturn).isEqualTo(2 * (59 - books.writes.get()));
        assertThat(books.probesRead.get()).isLessThanOrEqualTo(59 * 4);
        assertThat(books.changes("company", Story.START)).isEmpty();
    }

    @Test
    void a_standing_of_what_is_probed_never_gets_so_old_that_it_does_not_vote() {
        StringBuilder history = new StringBuilder("0 returned 3s");
        IntStream.range(1, 60).forEach(i -> history.append(" | ").append(i * 20).append(" returned 3s"));
        for (int i = 0; i < 60; i++) {
            at(String.valueOf(i * 20 + 1), "sydney", history.toString());
            sydney.assess("company");
            Instant nextLook = clock.now().wall().plus(Duration.ofMinutes(20));
            assertThat(Duration.between(books.standings("company").getFirst().at(), nextLook))
                    .isLessThan(Judge.freshness(Timing.STANDARD));
        }
    }

    @Test
    void more_probes_are_read_where_the_newest_few_do_not_tell() {
        at(
                "1000",
                "sydney",
                IntStream.range(0, 50).mapToObj(i -> i * 20 + " lost").reduce("", (a, b) -> a + "|" + b));
        sydney.assess("company");

        assertThat(books.of("company").orElseThrow().verdict().state()).isEqualTo(State.DOWN);
        assertThat(books.probesRead.get()).isEqualTo(4 + Judge.depth(Timing.STANDARD));
    }

    @Test
    void a_return_of_a_probe_that_is_older_than_what_is_read_ends_the_outage_for_good() {
        String lost = IntStream.range(1, 50).mapToObj(i -> i * 20 + " lost").reduce("", (a, b) -> a + "|" + b);
        at("995", "sydney", "0 late 59670s" + lost);
        List<ProbeRecord> all = books.probes.getOrDefault("company@sydney", List.of());
        sydney.assess(all.getLast());
        assertThat(state()).isEqualTo(State.SLOW);
        sydney.assess("company");
        assertThat(state()).isEqualTo(State.SLOW);
    }

    @Test
    void a_target_is_down_when_two_of_three_vantages_hold_it_down() {
        Assessor tokyo = assessor("tokyo");
        at("1", "sydney", "0 returned 3s");
        at("1", "london", "0 returned 3s");
        at("1", "tokyo", "0 returned 3s");
        List.of(sydney, london, tokyo).forEach(assessor -> assessor.assess("company"));
        at("22", "sydney", "20 bounced | 21 bounced");
        at("22", "london", "20 returned 3s");
        at("22", "tokyo", "20 returned 3s");
        List.of(sydney, london, tokyo).forEach(assessor -> assessor.assess("company"));

        assertThat(state()).isEqualTo(State.FAILING);
        assertThat(books.of("company").orElseThrow().votes()).isEqualTo("1 of 3, needs 2");
        at("22.5", "tokyo", "21 bounced | 22 bounced");
        tokyo.assess("company");
        assertThat(state()).isEqualTo(State.DOWN);
    }

    /** London notes and writes between Sydney's reading and writing. */
    @Test
    void who_comes_second_looks_anew() {
        at("1", "sydney", "0 returned 3s");
        at("1", "london", "0 returned 3s");
        sydney.assess("company");
        london.assess("company");
        at("22", "sydney", "20 bounced | 21 bounced");
        at("22", "london", "20 bounced | 21 bounced");
        books.meanwhile = () -> london.assess("company");
        sydney.assess("company");

        assertThat(state()).isEqualTo(State.DOWN);
        assertThat(books.of("company").orElseThrow().votes()).isEqualTo("2 of 2, needs 2");
        assertThat(books.changes("company", Story.START)).hasSize(1);
    }

    /** Another monitor writes what it counted before Sydney's vote, between Sydney's reading and writing. */
    @Test
    void what_another_wrote_meanwhile_is_counted_anew() {
        bothWell();
        at("22", "london", "20 bounced | 21 bounced");
        london.assess("company");
        Situation counted = books.of("company").orElseThrow();
        at("22", "sydney", "20 bounced | 21 bounced");
        books.meanwhile = () -> books.replace(
                counted.version(),
                new Situation("company", counted.verdict(), null, "1 of 2", List.of(), counted.version() + 1),
                List.of());
        sydney.assess("company");

        assertThat(state()).isEqualTo(State.DOWN);
    }

    @Test
    void what_another_noted_meanwhile_is_counted_though_it_was_killed_before_it_wrote() {
        bothWell();
        Verdict down = new Verdict(State.DOWN, Story.minute("20"), "gone", null, null);
        at("22", "sydney", "20 bounced | 21 bounced");
        books.sign("london", clock.now().wall());
        books.meanwhile = () ->
                books.note(new Standing("company", "london", down, clock.now().wall()));
        sydney.assess("company");

        assertThat(state()).isEqualTo(State.DOWN);
    }

    private void bothWell() {
        at("1", "sydney", "0 returned 3s");
        at("1", "london", "0 returned 3s");
        sydney.assess("company");
        london.assess("company");
    }

    @Test
    void assessors_that_race_leave_what_is_true_and_enter_each_change_once() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 400; round++) {
                String kind = round % 2 == 0 ? "bounced" : "returned";
                String minute = String.valueOf(round * 10 + 3);
                String history = round * 10 + " " + kind + " | " + (round * 10 + 1) + " " + kind;
                at(minute, "sydney", history);
                at(minute, "london", history);
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<?>> both = new ArrayList<>();
                for (Assessor assessor : List.of(sydney, london)) {
                    both.add(threads.submit(() -> {
                        together.await();
                        assessor.assess("company");
                        return null;
                    }));
                }
                for (Future<?> one : both) {
                    one.get();
                }
                Situation situation = books.of("company").orElseThrow();
                State truth = situation.held() == null
                        ? situation.verdict().state()
                        : situation.held().state();
                assertThat(truth).as("round %d", round).isEqualTo(round % 2 == 0 ? State.DOWN : State.HEALTHY);
            }
        }
        List<Change> told = books.changes("company", Story.START).stream()
                .filter(change -> !change.heldBack())
                .toList();
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i).from()).isEqualTo(told.get(i - 1).verdict().state());
        }
    }

    @Test
    void a_target_that_is_not_configured_is_left_alone() {
        sydney.assess("stranger");

        assertThat(books.writes.get()).isZero();
    }

    @Test
    void what_has_left_every_file_and_was_not_well_is_not_applicable_after_an_hour() {
        Rounds rounds = rounds(sydney);
        at("1", "sydney", "0 bounced | 0.5 bounced");
        sydney.assess("company");
        rounds.look();
        assertThat(state()).isEqualTo(State.DOWN);
        targets.remove("company");
        passing(rounds, Duration.ofMinutes(59));
        assertThat(state()).isEqualTo(State.DOWN);
        passing(rounds, Duration.ofMinutes(3));

        assertThat(state()).isEqualTo(State.NOT_APPLICABLE);
        assertThat(books.of("company").orElseThrow().verdict().cause()).isEqualTo("left the configuration");
        assertThat(books.changes("company", Story.START))
                .extracting(change -> change.verdict().state())
                .containsExactly(State.DOWN, State.NOT_APPLICABLE);
        passing(rounds, Duration.ofHours(2));
        assertThat(books.changes("company", Story.START)).hasSize(2);
    }

    @Test
    void a_monitor_that_starts_finds_what_has_left_its_file() {
        at("1", "sydney", "0 bounced | 0.5 bounced");
        sydney.assess("company");
        targets.remove("company");
        clock.pass(Duration.ofHours(2));
        rounds(sydney).look();

        assertThat(state()).isEqualTo(State.NOT_APPLICABLE);
    }

    @Test
    void what_another_monitor_still_has_in_its_file_is_left_to_it_however_long_its_interval_is() {
        Timing daily =
                new Timing(Duration.ofDays(1), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofSeconds(30));
        targets.put("company", Story.target(daily, Policy.STANDARD));
        Assessor without = new Assessor(
                "london",
                name -> Optional.empty(),
                books.ledger(),
                books,
                books.attendance(),
                clock,
                (target, due, seen, latest) -> {});
        at("1", "sydney", "0 bounced | 0.5 bounced");
        sydney.assess("company");
        Rounds having = rounds(sydney);
        Rounds lacking = new Rounds(without, List::of, books, clock);
        for (int i = 0; i < 600; i++) {
            clock.pass(Duration.ofSeconds(30));
            books.sign("sydney", clock.now().wall());
            having.look();
            lacking.look();
        }

        assertThat(state()).isEqualTo(State.DOWN);
        assertThat(books.changes("company", Story.START)).hasSize(1);
    }

    @Test
    void what_nobody_probes_any_more_is_found_by_the_rounds() {
        Rounds rounds = rounds(sydney);
        at("1", "sydney", "0 returned 3s");
        sydney.assess("company");
        passing(rounds, Duration.ofMinutes(48));
        assertThat(state()).isEqualTo(State.HEALTHY);
        passing(rounds, Duration.ofMinutes(12));

        assertThat(state()).isEqualTo(State.INCONCLUSIVE);
        assertThat(books.of("company").orElseThrow().verdict().cause())
                .isEqualTo("no probe since 2026-11-21T00:00:00Z");
    }

    @Test
    void maintenance_begins_and_ends_with_the_next_round() {
        Maintenance window = new Maintenance.Once(Story.minute("5"), Story.minute("9"));
        targets.put("company", Story.target(Timing.STANDARD, policy(List.of(window), Policy.Flapping.STANDARD)));
        for (int i = 0; i < 3_000; i++) {
            targets.put("other " + i, named("other " + i));
        }
        Rounds rounds = rounds(sydney);
        at("1", "sydney", "0 returned 3s");
        sydney.assess("company");
        passing(rounds, Duration.ofMinutes(3).plusSeconds(50));
        assertThat(state()).isEqualTo(State.HEALTHY);
        passing(rounds, Duration.ofSeconds(15));
        assertThat(state()).isEqualTo(State.NOT_APPLICABLE);
        passing(rounds, Duration.ofMinutes(4));
        assertThat(state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void what_was_lost_in_maintenance_alerts_nobody_after_it() {
        Maintenance window = new Maintenance.Once(Story.minute("5"), Story.minute("9"));
        targets.put("company", Story.target(Timing.STANDARD, policy(List.of(window), Policy.Flapping.STANDARD)));
        Rounds rounds = rounds(sydney);
        at("1", "sydney", "0 returned 3s");
        sydney.assess("company");
        at("5.5", "sydney", "0 returned 3s | 5 bounced");
        rounds.look();
        at("8.9", "sydney", "0 returned 3s | 5 bounced | 8 bounced");
        rounds.look();
        assertThat(state()).isEqualTo(State.NOT_APPLICABLE);
        passing(rounds, Duration.ofMinutes(1));
        assertThat(state()).isEqualTo(State.INCONCLUSIVE);
        assertThat(retries).containsKey("company");
        at("10.2", "sydney", "0 returned 3s | 5 bounced | 8 bounced | 10 returned 3s");
        sydney.assess("company");

        assertThat(books.changes("company", Story.START))
                .extracting(change -> change.verdict().state())
                .containsExactly(State.NOT_APPLICABLE, State.INCONCLUSIVE, State.HEALTHY);
    }

    @Test
    void one_loss_before_a_long_stop_and_one_after_it_are_not_two() {
        at("1", "sydney", "0 returned 3s");
        sydney.assess("company");
        at("31", "sydney", "0 returned 3s | 20 lost");
        sydney.assess("company");
        assertThat(state()).isEqualTo(State.FAILING);
        at("511", "sydney", "0 returned 3s | 20 lost | 500 lost");
        sydney.assess("company");

        assertThat(state()).isEqualTo(State.FAILING);
        assertThat(books.of("company").orElseThrow().verdict().cause()).startsWith("nothing came back");
        at("530", "sydney", "0 returned 3s | 20 lost | 500 lost | 511 bounced");
        sydney.assess("company");
        assertThat(state()).isEqualTo(State.DOWN);
    }

    @Test
    void what_is_held_back_comes_out_within_a_minute_after_it_was_calm() {
        Policy.Flapping flapping = new Policy.Flapping(1, Duration.ofHours(2), Duration.ofMinutes(10));
        targets.put("company", Story.target(Timing.STANDARD, policy(List.of(), flapping)));
        Rounds rounds = rounds(sydney);
        for (String minute : List.of("1", "3", "5")) {
            at(minute, "sydney", "0 returned 3s | 2 bounced | 2.5 bounced | 4 returned 3s");
            sydney.assess("company");
        }
        passing(rounds, Duration.ofMinutes(9));
        assertThat(state()).isEqualTo(State.DOWN);
        passing(rounds, Duration.ofMinutes(2));
        assertThat(state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void a_vantage_that_falls_silent_gives_its_seat_up_when_its_standing_is_old() {
        at("1", "sydney", "0 returned 3s");
        at("1", "london", "0 returned 3s");
        london.assess("company");
        sydney.assess("company");
        at("22", "sydney", "20 bounced | 21 bounced");
        sydney.assess("company");
        assertThat(state()).isEqualTo(State.FAILING);
        Rounds rounds = rounds(sydney);
        passing(rounds, Duration.ofMinutes(28));
        assertThat(state()).isEqualTo(State.FAILING);
        assertThat(books.of("company").orElseThrow().verdict().cause()).contains("london cannot tell");
        passing(rounds, Duration.ofMinutes(3));
        assertThat(state()).isEqualTo(State.DOWN);
    }

    @Test
    void rounds_come_to_every_target_and_to_no_more_than_a_hundred_a_second() {
        for (int i = 0; i < 5_000; i++) {
            targets.put("other " + i, named("other " + i));
        }
        Rounds rounds = rounds(sydney);
        for (int i = 0; i < 200; i++) {
            clock.pass(Duration.ofSeconds(5));
            int before = books.reads.get();
            rounds.look();
            assertThat(books.reads.get() - before).isLessThanOrEqualTo(500 * 6);
        }

        assertThat(targets.keySet()).allMatch(name -> books.of(name).isPresent());
    }

    private State state() {
        return books.of("company").orElseThrow().verdict().state();
    }

    /** It is this minute, and at a vantage these probes are known. */
    private void at(String minute, String vantage, String history) {
        clock.pass(Duration.between(clock.now().wall(), Story.minute(minute)));
        books.probes.put(
                "company@" + vantage,
                Story.shown(Story.all(history), Timing.STANDARD, clock.now().wall()));
        books.sign(vantage, clock.now().wall());
    }

    private void passing(Rounds rounds, Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusSeconds(5)) {
            clock.pass(Duration.ofSeconds(5));
            rounds.look();
        }
    }

    private Assessor assessor(String vantage) {
        return new Assessor(
                vantage,
                name -> Optional.ofNullable(targets.get(name)),
                books.ledger(),
                books,
                books.attendance(),
                clock,
                (target, due, seen, latest) -> retries.put(target, due));
    }

    private Rounds rounds(Assessor assessor) {
        return new Rounds(assessor, targets::values, books, clock);
    }

    private static Policy policy(List<Maintenance> maintenance, Policy.Flapping flapping) {
        return new Policy(true, false, 0, maintenance, flapping, List.of());
    }

    private static Target named(String name) {
        return new Target(name, Story.ADDRESS, Timing.STANDARD, Policy.STANDARD, Story.COMPANY.route());
    }
}
