package org.mailsonar.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.Policy.Flapping;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.verdict.Verdict.State;

class SteadinessTest {

    private static final Flapping FOUR = new Flapping(4, Duration.ofMinutes(120), Duration.ofMinutes(60));

    /** Four turns in two hours, calm after one; truths by minute, and what is told; in brackets what is held back. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            0 healthy                                              ; ''                       ; healthy
            0 inconclusive | 1 healthy                             ; ''                       ; healthy
            0 down                                                 ; down                     ; down
            0 healthy | 10 failing | 20 down | 40 healthy          ; failing down healthy     ; healthy
            0 healthy | 10 healthy | 20 healthy                    ; ''                       ; healthy
            # two outages are four turns, as failing and down are one
            0 healthy | 1 failing | 2 down | 3 healthy | 4 failing | 5 down | 6 healthy ; failing down healthy failing down healthy ; healthy
            # the third is told and its end is not
            0 healthy | 1 down | 2 healthy | 3 down | 4 healthy | 5 down | 6 healthy ; down healthy down healthy down (healthy) ; down
            0 healthy | 1 down | 2 healthy | 3 down | 4 healthy | 5 failing | 6 healthy | 7 down ; down healthy down healthy failing (healthy) down ; down
            0 healthy | 1 down | 2 healthy | 3 down | 4 healthy | 5 down | 6 healthy | 7 slow | 8 down ; down healthy down healthy down (healthy) (slow) (down) ; down
            # until it was calm
            0 healthy | 1 down | 2 healthy | 3 down | 4 healthy | 5 down | 6 healthy | 65 healthy ; down healthy down healthy down (healthy) ; down
            0 healthy | 1 down | 2 healthy | 3 down | 4 healthy | 5 down | 6 healthy | 66 healthy ; down healthy down healthy down (healthy) healthy ; healthy
            # slowly enough
            0 healthy | 1 down | 2 healthy | 90 down | 100 healthy | 122 down | 123 healthy ; down healthy down healthy down healthy ; healthy
            # a person's decision is told at once, and the count begins anew
            0 healthy | 1 down | 2 healthy | 3 down | 4 healthy | 5 down | 6 healthy | 7 not_applicable | 8 healthy ; down healthy down healthy down (healthy) not_applicable healthy ; healthy
            """)
    void changes_are_told_or_held_back(String truths, String told, String said) {
        Play play = new Play(target(FOUR));
        for (String line : truths.split("\\|", -1)) {
            String[] words = line.strip().split(" ", -1);
            play.truth(Story.minute(words[0]), State.of(words[1].replace('_', ' ')));
        }

        assertThat(play.changes.stream()
                        .map(change -> change.heldBack() ? "(" + name(change) + ")" : name(change))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(told);
        assertThat(play.situation().verdict().state().text()).isEqualTo(said);
        assertChained(play.changes);
    }

    @Test
    void what_would_be_said_stays_visible_while_it_is_held() {
        Play play = new Play(target(new Flapping(1, Duration.ofHours(2), Duration.ofHours(1))));
        play.truth(Story.minute("0"), State.HEALTHY);
        play.truth(Story.minute("1"), State.DOWN);
        play.truth(Story.minute("2"), State.HEALTHY);

        assertThat(play.situation().verdict().state()).isEqualTo(State.DOWN);
        assertThat(play.situation().held()).isNotNull();
        assertThat(play.situation().turns()).containsExactly(Story.minute("2"), Story.minute("1"));
    }

    @Test
    void nothing_is_written_while_nothing_changes() {
        Play play = new Play(target(FOUR));
        play.truth(Story.minute("0"), State.HEALTHY);
        Situation before = play.situation();
        play.truth(Story.minute("20"), State.HEALTHY);

        assertThat(play.situation()).isSameAs(before);
    }

    @Test
    void where_every_change_counts_nothing_is_held() {
        Play play = new Play(target(Flapping.NEVER));
        for (int i = 0; i < 100; i++) {
            play.truth(Story.START.plusSeconds(i), i % 2 == 0 ? State.HEALTHY : State.DOWN);
        }

        assertThat(play.changes).hasSize(99).noneMatch(Change::heldBack);
    }

    @Test
    void random_truths_are_told_at_most_so_often_and_always_come_out_in_the_end() {
        List<State> states = List.of(State.HEALTHY, State.INCONCLUSIVE, State.SLOW, State.FAILING, State.DOWN);
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            Flapping flapping = new Flapping(
                    1 + random.nextInt(8),
                    Duration.ofMinutes(30 + random.nextInt(200)),
                    Duration.ofMinutes(20 + random.nextInt(200)));
            Play play = new Play(target(flapping));
            Instant now = Story.START;
            State truth = State.HEALTHY;
            Instant released = now;
            play.truth(now, truth);
            for (int i = 0; i < 120; i++) {
                now = now.plusSeconds(1 + random.nextInt(random.nextInt(8) == 0 ? 9_000 : 600));
                int told = play.changes.size();
                play.truth(now, truth);
                released = play.changes.size() > told ? now : released;
                truth = states.get(random.nextInt(states.size()));
                play.truth(now, truth);
                assertThat(play.situation().verdict().state()).isGreaterThanOrEqualTo(truth);
                assertToldAtMost(flapping, play.changes, released, now, seed);
            }
            play.truth(now.plus(flapping.calm()), truth);

            assertThat(play.situation().verdict().state())
                    .as("history %d", seed)
                    .isEqualTo(truth);
            assertThat(play.situation().held()).isNull();
            assertChained(play.changes);
        }
    }

    /**
     * In any such time in which it was not believed again after a calm. Every step to the better counts as a turn, and so does each to the
     * worse that is not the same outage.
     */
    private static void assertToldAtMost(
            Flapping flapping, List<Change> changes, Instant released, Instant now, int seed) {
        Instant start = now.minus(flapping.within());
        Instant oldest = start.isAfter(released) ? start : released.plusNanos(1);
        List<Change> told = changes.stream()
                .filter(change -> !change.heldBack() && !change.at().isBefore(oldest))
                .filter(change ->
                        change.from() != State.FAILING || change.verdict().state() != State.DOWN)
                .toList();
        assertThat(told).as("history %d at %s", seed, now).hasSizeLessThanOrEqualTo(flapping.changes() + 3);
    }

    /** What is told follows on what was told before. */
    private static void assertChained(List<Change> changes) {
        List<Change> told =
                changes.stream().filter(change -> !change.heldBack()).toList();
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i).from()).isEqualTo(told.get(i - 1).verdict().state());
        }
    }

    private static String name(Change change) {
        return change.verdict().state().text().replace(' ', '_');
    }

    private static Target target(Flapping flapping) {
        return Story.target(Timing.STANDARD, new Policy(true, false, 0, List.of(), flapping, List.of("gold")));
    }

    /** What is held of a target, one truth after another. */
    private static final class Play {

        final Target target;
        final List<Change> changes = new ArrayList<>();
        private final List<Situation> situations = new ArrayList<>();

        Play(Target target) {
            this.target = target;
        }

        Situation situation() {
            return situations.getLast();
        }

        void truth(Instant now, State state) {
            Situation before = situations.isEmpty() ? null : situation();
            String cause = before == null && state == State.INCONCLUSIVE ? Words.NOT_PROBED_YET : "";
            Verdict verdict = new Verdict(state, now, cause, null, null);
            Steadiness.Step step = Steadiness.next(target, before, new Quorum.Result(verdict, "0 of 1, needs 1"), now);
            situations.add(step.situation());
            changes.addAll(step.changes());
            assertThat(Stream.of(step.changes()).flatMap(List::stream))
                    .allMatch(change -> change.at().equals(now));
        }
    }
}
