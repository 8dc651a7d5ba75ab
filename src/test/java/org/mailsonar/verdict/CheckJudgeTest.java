package org.mailsonar.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.roundtrip.Maintenance;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.verdict.Verdict.State;

/** What is held of something that is checked. */
class CheckJudgeTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Timing TIMING =
            new Timing(Duration.ofMinutes(5), Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30));
    private static final CheckTarget TARGET = target(Policy.STANDARD);
    private static final List<CheckResult.State> STATES = List.of(CheckResult.State.values());

    @Test
    void nothing_is_known_before_the_first_look() {
        assertThat(judge(null, 0).state()).isEqualTo(State.INCONCLUSIVE);
    }

    @Test
    void what_works_is_well_since_it_was_first_seen_to_work() {
        Verdict verdict = judge(null, 300, result(0, CheckResult.State.GOOD));
        assertThat(verdict.state()).isEqualTo(State.HEALTHY);
        assertThat(verdict.since()).isEqualTo(NOON.plusSeconds(1));
        Verdict later = judge(verdict, 600, result(300, CheckResult.State.GOOD), result(0, CheckResult.State.GOOD));
        assertThat(later.since()).isEqualTo(NOON.plusSeconds(1));
        assertThat(later.lastReturn()).isEqualTo(NOON.plusSeconds(301));
    }

    @Test
    void one_failure_is_failing_and_the_next_one_is_down_since_the_first() {
        CheckRecord first = result(300, CheckResult.State.FAILING);
        Verdict failing = judge(null, 302, first, result(0, CheckResult.State.GOOD));
        assertThat(failing.state()).isEqualTo(State.FAILING);
        assertThat(failing.since()).isEqualTo(NOON.plusSeconds(300));
        assertThat(failing.cause()).isEqualTo("failing at 300");
        Verdict down = judge(failing, 333, result(331, CheckResult.State.FAILING), first);
        assertThat(down.state()).isEqualTo(State.DOWN);
        assertThat(down.since()).isEqualTo(NOON.plusSeconds(300));
        assertThat(down.cause()).isEqualTo("failing at 331");
    }

    @Test
    void two_looks_at_the_same_moment_are_one() {
        CheckRecord first = result(300, CheckResult.State.FAILING);
        CheckRecord beside = new CheckRecord(
                "mx1",
                "sydney",
                "x",
                CheckResult.State.FAILING,
                "no",
                first.at().plusMillis(400),
                first.took(),
                null);
        assertThat(judge(null, 302, beside, first).state()).isEqualTo(State.FAILING);
    }

    @Test
    void only_a_look_that_finds_it_working_ends_an_outage() {
        Verdict down = verdict(State.DOWN, 0);
        assertThat(judge(down, 400, result(390, CheckResult.State.UNKNOWN))).isEqualTo(down);
        assertThat(judge(down, 4_000, result(390, CheckResult.State.FAILING)).state())
                .isEqualTo(State.DOWN);
        assertThat(judge(down, 400, result(390, CheckResult.State.WARNING)).state())
                .isEqualTo(State.WARNING);
        assertThat(judge(down, 400, result(390, CheckResult.State.GOOD)).state())
                .isEqualTo(State.HEALTHY);
    }

    @Test
    void what_could_not_be_looked_at_is_neither_a_failure_nor_in_between_two() {
        CheckRecord unknown = result(330, CheckResult.State.UNKNOWN);
        assertThat(judge(null, 332, unknown, result(300, CheckResult.State.FAILING))
                        .state())
                .isEqualTo(State.INCONCLUSIVE);
        assertThat(judge(
                                null,
                                400,
                                result(390, CheckResult.State.FAILING),
                                unknown,
                                result(300, CheckResult.State.FAILING))
                        .state())
                .isEqualTo(State.DOWN);
    }

    @Test
    void a_failure_of_long_ago_is_not_the_first_of_two() {
        CheckRecord old = result(0, CheckResult.State.FAILING);
        assertThat(judge(null, 1_001, result(1_000, CheckResult.State.FAILING), old)
                        .state())
                .isEqualTo(State.FAILING);
    }

    @Test
    void without_a_look_for_two_intervals_and_a_time_out_nothing_is_known() {
        CheckRecord good = result(0, CheckResult.State.GOOD);
        assertThat(judge(null, 631, good).state()).isEqualTo(State.HEALTHY);
        Verdict stale = judge(null, 632, good);
        assertThat(stale.state()).isEqualTo(State.INCONCLUSIVE);
        assertThat(stale.cause()).isEqualTo("not looked at since 2026-11-21T12:00:00Z");
        assertThat(stale.since()).isEqualTo(NOON.plusSeconds(631));
    }

    /** As the paths of a site do when mails are waited for. */
    @Test
    void a_look_that_takes_longer_than_the_freshness_counts_when_it_ends() {
        CheckRecord first = result(0, 900, CheckResult.State.FAILING);
        Verdict failing = judge(null, 900, first);
        assertThat(failing.state()).isEqualTo(State.FAILING);
        assertThat(failing.since()).isEqualTo(NOON);
        Verdict down = judge(failing, 1_860, result(960, 900, CheckResult.State.FAILING), first);
        assertThat(down.state()).isEqualTo(State.DOWN);
        assertThat(down.since()).isEqualTo(NOON);
        assertThat(judge(null, 1_531, first).state()).isEqualTo(State.INCONCLUSIVE);
    }

    @Test
    void a_failure_in_maintenance_proves_nothing_afterwards() {
        CheckTarget maintained = target(new Policy(
                true,
                false,
                0,
                List.of(new Maintenance.Once(NOON, NOON.plusSeconds(200))),
                Policy.Flapping.STANDARD,
                List.of()));
        CheckRecord within = result(100, CheckResult.State.FAILING);
        assertThat(CheckJudge.judge(maintained, List.of(within), null, NOON.plusSeconds(150))
                        .state())
                .isEqualTo(State.NOT_APPLICABLE);
        assertThat(CheckJudge.judge(maintained, List.of(within), null, NOON.plusSeconds(250))
                        .state())
                .isEqualTo(State.INCONCLUSIVE);
        List<CheckRecord> both = List.of(result(240, CheckResult.State.FAILING), within);
        assertThat(CheckJudge.judge(maintained, both, null, NOON.plusSeconds(250))
                        .state())
                .isEqualTo(State.FAILING);
    }

    @Test
    void another_look_is_wanted_once_after_a_first_failure_and_after_what_was_not_to_be_seen() {
        CheckRecord first = result(300, CheckResult.State.FAILING);
        assertThat(CheckJudge.retryDue(TARGET, List.of(first), null, NOON.plusSeconds(302)))
                .contains(NOON.plusSeconds(331));
        assertThat(CheckJudge.retryDue(
                        TARGET, List.of(result(331, CheckResult.State.FAILING), first), null, NOON.plusSeconds(333)))
                .isEmpty();
        CheckRecord unknown = result(300, CheckResult.State.UNKNOWN);
        assertThat(CheckJudge.retryDue(TARGET, List.of(unknown), null, NOON.plusSeconds(302)))
                .contains(NOON.plusSeconds(331));
        assertThat(CheckJudge.retryDue(
                        TARGET, List.of(result(331, CheckResult.State.UNKNOWN), unknown), null, NOON.plusSeconds(333)))
                .isEmpty();
        assertThat(CheckJudge.retryDue(
                        TARGET, List.of(result(300, CheckResult.State.GOOD)), null, NOON.plusSeconds(302)))
                .isEmpty();
    }

    /** A model that is told step by step agrees with what is made of the newest results. */
    @RepeatedTest(200)
    void random_histories_are_judged_as_a_person_would(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<CheckRecord> newestFirst = new ArrayList<>();
        Verdict held = null;
        int failures = 0;
        boolean down = false;
        int second = 0;
        for (int i = 0; i < 40; i++) {
            second += 30 + random.nextInt(200);
            CheckResult.State state = STATES.get(random.nextInt(STATES.size()));
            newestFirst.addFirst(result(second, state));
            failures = switch (state) {
                case FAILING -> failures + 1;
                case UNKNOWN -> failures;
                case GOOD, WARNING -> 0;
            };
            down = state == CheckResult.State.FAILING ? failures >= 2 || down : down && failures > 0;
            List<CheckRecord> shown = newestFirst.subList(0, Math.min(CheckJudge.DEPTH, newestFirst.size()));
            held = CheckJudge.judge(TARGET, shown, held, NOON.plusSeconds(second + 2));
            State expected = switch (state) {
                case GOOD -> State.HEALTHY;
                case WARNING -> State.WARNING;
                case UNKNOWN -> down ? State.DOWN : State.INCONCLUSIVE;
                case FAILING -> down ? State.DOWN : State.FAILING;
            };
            if (state == CheckResult.State.FAILING && expected == State.DOWN && held.state() == State.FAILING) {
                // The first of the two is of long ago, or behind more that could not be looked at than are shown.
                assertThat(isFarBack(shown)).isTrue();
                down = false;
                failures = 1;
            } else {
                assertThat(held.state()).as("step %d of %s", i, shown).isEqualTo(expected);
            }
        }
    }

    private static boolean isFarBack(List<CheckRecord> shown) {
        CheckRecord newest = shown.getFirst();
        return shown.stream()
                .skip(1)
                .filter(result -> result.state() != CheckResult.State.UNKNOWN)
                .findFirst()
                .map(result -> result.at().isBefore(newest.at().minusSeconds(630)))
                .orElse(true);
    }

    private static Verdict judge(@Nullable Verdict before, int second, CheckRecord... newestFirst) {
        return CheckJudge.judge(TARGET, List.of(newestFirst), before, NOON.plusSeconds(second));
    }

    private static Verdict verdict(State state, int since) {
        return new Verdict(state, NOON.plusSeconds(since), "so it was", null, null);
    }

    private static CheckTarget target(Policy policy) {
        return new CheckTarget("mx1", TIMING, policy, new NoCheck());
    }

    private static CheckRecord result(int second, CheckResult.State state) {
        return result(second, 1, state);
    }

    private static CheckRecord result(int second, int took, CheckResult.State state) {
        return new CheckRecord(
                "mx1",
                "sydney",
                "smtp://mx1",
                state,
                state.text() + " at " + second,
                NOON.plusSeconds(second),
                Duration.ofSeconds(took),
                null);
    }
}
