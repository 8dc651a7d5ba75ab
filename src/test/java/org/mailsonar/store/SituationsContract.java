package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailsonar.roundtrip.Attendance;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Situation;
import org.mailsonar.verdict.Standing;
import org.mailsonar.verdict.Verdict;
import org.mailsonar.verdict.Verdict.State;

/** What every database must do with what is held of the targets, and with the monitors' signs. */
abstract class SituationsContract extends StoreContract {

    private static final Instant NOW = Lives.START;

    @Test
    void a_standing_is_replaced_unless_that_one_was_judged_later() {
        Standing first = standing("sydney", State.HEALTHY, NOW);
        Standing later = standing("sydney", State.DOWN, NOW.plusSeconds(1));
        Standing there = standing("paris", State.SLOW, NOW);
        store.situations().note(first);
        store.situations().note(there);
        assertThat(other.situations().standings("a")).containsExactly(there, first);
        other.situations().note(later);
        store.situations().note(first);
        assertThat(store.situations().standings("a")).containsExactly(there, later);
        assertThat(store.situations().standings("b")).isEmpty();
    }

    @Test
    void a_standing_from_before_the_clock_was_set_back_is_replaced() {
        store.situations().note(standing("sydney", State.HEALTHY, NOW));
        other.situations().note(standing("sydney", State.DOWN, NOW.minusSeconds(60)));
        assertThat(store.situations().standings("a")).containsExactly(standing("sydney", State.HEALTHY, NOW));
        Standing setBack = standing("sydney", State.DOWN, NOW.minusSeconds(61));
        other.situations().note(setBack);
        assertThat(store.situations().standings("a")).containsExactly(setBack);
    }

    @Test
    void a_verdict_without_a_round_trip_has_none() {
        Standing standing = new Standing("a", "sydney", new Verdict(State.INCONCLUSIVE, NOW, "", null, null), NOW);
        store.situations().note(standing);
        assertThat(other.situations().standings("a")).containsExactly(standing);
    }

    @Test
    void a_situation_and_its_changes_are_read_back_the_same() {
        Situation situation = Lives.situation("a", State.DOWN, Lives.verdict(State.HEALTHY, NOW), 1);
        Change change = Lives.change("a", State.HEALTHY, State.DOWN, NOW, true);
        assertThat(store.situations().of("a")).isEmpty();
        assertThat(store.situations().replace(0, situation, List.of(change))).isTrue();
        assertThat(other.situations().of("a")).contains(situation);
        assertThat(other.situations().changes("a", NOW))
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("number")
                .isEqualTo(change);
        assertThat(other.situations().changes("a", NOW.plusNanos(1_000))).isEmpty();
        assertThat(other.situations().changes("b", NOW)).isEmpty();
    }

    @Test
    void a_situation_without_turns_and_changes_without_tags_are_read_back() {
        Situation plain = new Situation("a", Lives.verdict(State.HEALTHY, NOW), null, "", List.of(), 1);
        Change change = new Change(0, "a", State.SLOW, Lives.verdict(State.HEALTHY, NOW), NOW, "", false, List.of());
        store.situations().replace(0, plain, List.of(change));
        assertThat(other.situations().of("a")).contains(plain);
        assertThat(other.situations().changes("a", NOW)).singleElement().returns(List.of(), Change::tags);
    }

    @Test
    void of_many_that_replace_a_situation_at_once_one_does() throws Exception {
        for (long version = 0; version < 3; version++) {
            long before = version;
            List<Boolean> replaced = atOnce(
                    20,
                    number -> () -> turn(number)
                            .situations()
                            .replace(
                                    before,
                                    Lives.situation("a", State.DOWN, null, before + 1),
                                    List.of(Lives.change(
                                            "a", State.HEALTHY, State.DOWN, NOW.plusSeconds(before), false))));
            assertThat(replaced).containsOnlyOnce(true);
            assertThat(store.situations().of("a")).map(Situation::version).contains(before + 1);
        }
        assertThat(store.situations().changes("a", NOW))
                .extracting(Change::at)
                .containsExactly(NOW, NOW.plusSeconds(1), NOW.plusSeconds(2));
    }

    @Test
    void every_situation_is_shown_once_by_name_over_many_pages() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            String name = "target-%04d".formatted(i);
            names.add(name);
            store.situations().replace(0, Lives.situation(name, State.HEALTHY, null, 1), List.of());
        }
        List<String> shown = new ArrayList<>();
        other.situations().each(situation -> shown.add(situation.target()));
        assertThat(shown).containsExactlyElementsOf(names);
    }

    @Test
    void the_last_sign_of_each_monitor_counts() {
        Attendance.Sign first = new Attendance.Sign("m1", "sydney", NOW, NOW, "its inbox cannot be read");
        Attendance.Sign second = new Attendance.Sign("m1", "sydney", NOW, NOW.plusSeconds(5), null);
        Attendance.Sign there = new Attendance.Sign("m2", "paris", NOW, NOW.plusSeconds(1), null);
        store.attendance().sign(first);
        store.attendance().sign(there);
        assertThat(other.attendance().signs()).containsExactly(there, first);
        store.attendance().sign(second);
        other.attendance().forget(NOW.plusSeconds(5));
        assertThat(other.attendance().signs()).containsExactly(second);
    }

    @Test
    void a_blindness_is_extended_and_found_by_the_time_that_it_touches() {
        Attendance.Blindness shorter = new Attendance.Blindness("m1", "sydney", NOW, NOW.plusSeconds(10), "asleep");
        Attendance.Blindness longer = new Attendance.Blindness("m1", "sydney", NOW, NOW.plusSeconds(20), "asleep");
        Attendance.Blindness before =
                new Attendance.Blindness("m2", "sydney", NOW.minusSeconds(9), NOW.minusSeconds(1), "stopped");
        store.attendance().blind(longer);
        other.attendance().blind(shorter);
        store.attendance().blind(before);
        store.attendance().blind(new Attendance.Blindness("m3", "paris", NOW, NOW.plusSeconds(10), "asleep"));
        Attendance attendance = other.attendance();
        assertThat(attendance.blindnesses("sydney", NOW.minusSeconds(60), NOW.plusSeconds(60)))
                .containsExactly(before, longer);
        assertThat(attendance.blindnesses("sydney", NOW.plusSeconds(20), NOW.plusSeconds(60)))
                .containsExactly(longer);
        assertThat(attendance.blindnesses("sydney", NOW.minusSeconds(60), NOW)).containsExactly(before, longer);
        assertThat(attendance.blindnesses("sydney", NOW.plusSeconds(21), NOW.plusSeconds(60)))
                .isEmpty();
    }

    private static Standing standing(String vantage, State state, Instant at) {
        return new Standing("a", vantage, Lives.verdict(state, NOW), at);
    }
}
