package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailsonar.notify.Dispatch;
import org.mailsonar.notify.Outbox;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict.State;

/** What every database must do with what has to be told. */
abstract class OutboxContract extends StoreContract {

    private static final Instant NOW = Lives.START;
    private static final Instant LATER = NOW.plusSeconds(60);

    @Test
    void changes_are_unannounced_until_one_monitor_announces_them_and_those_held_back_never_are() {
        Change first = changed("a", State.DOWN, 0, NOW, false);
        changed("b", State.DOWN, 0, NOW, true);
        Change second = changed("c", State.SLOW, 0, NOW, false);
        assertThat(other.outbox().unannounced(10)).containsExactly(first, second);
        assertThat(other.outbox().unannounced(1)).containsExactly(first);
        store.outbox().announce(first, List.of(Lives.dispatch(first, "k1", NOW)));
        other.outbox().announce(first, List.of(Lives.dispatch(first, "k2", NOW)));
        assertThat(other.outbox().unannounced(10)).containsExactly(second);
        assertThat(keys(other.outbox().claim(NOW, LATER, 10))).containsExactly("k1");
    }

    @Test
    void of_many_that_announce_at_once_one_does() throws Exception {
        Change change = changed("a", State.DOWN, 0, NOW, false);
        atOnce(10, number -> () -> {
            turn(number).outbox().announce(change, List.of(Lives.dispatch(change, "k" + number, NOW)));
            return number;
        });
        assertThat(store.outbox().waiting()).isEqualTo(1);
    }

    @Test
    void a_dispatch_is_read_back_the_same_and_its_key_is_taken_for_good() {
        Change change = changed("a", State.DOWN, 0, NOW, false);
        Dispatch dispatch = new Dispatch(0, "k1", "pager", Dispatch.Kind.ESCALATION, change, NOW, 1, 2, "no answer");
        store.outbox().put(dispatch);
        other.outbox().put(Lives.dispatch(change, "k1", NOW.minusSeconds(9)));
        List<Dispatch> claimed = other.outbox().claim(NOW, LATER, 10);
        assertThat(claimed)
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("number")
                .isEqualTo(dispatch);
        store.outbox().told(claimed.getFirst(), LATER);
        store.outbox().put(dispatch);
        assertThat(store.outbox().waiting()).isZero();
    }

    @Test
    void what_is_due_goes_to_one_monitor_until_its_time_is_over_oldest_due_first() {
        Change change = changed("a", State.DOWN, 0, NOW, false);
        store.outbox().put(Lives.dispatch(change, "k2", NOW));
        store.outbox().put(Lives.dispatch(change, "k1", NOW.minusSeconds(1)));
        store.outbox().put(Lives.dispatch(change, "later", LATER));
        assertThat(keys(store.outbox().claim(NOW, LATER, 10))).containsExactly("k1", "k2");
        assertThat(other.outbox().claim(NOW, LATER, 10)).isEmpty();
        assertThat(keys(other.outbox().claim(LATER, LATER, 2))).containsExactly("k1", "k2");
    }

    @Test
    void of_many_that_ask_at_once_each_dispatch_goes_to_one() throws Exception {
        Change change = changed("a", State.DOWN, 0, NOW, false);
        store.outbox()
                .announce(
                        change,
                        IntStream.range(0, 100)
                                .mapToObj(i -> Lives.dispatch(change, "k" + i, NOW))
                                .toList());
        List<List<Dispatch>> claims =
                atOnce(20, number -> () -> turn(number).outbox().claim(NOW, LATER, 5));
        assertThat(claims.stream().flatMap(List::stream).map(Dispatch::key))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(50);
    }

    @Test
    void what_was_not_told_is_tried_again_by_a_way_at_an_instant() {
        Dispatch dispatch = claimed("k1");
        store.outbox().again(dispatch, 1, LATER, "connection refused");
        assertThat(other.outbox().claim(LATER.minusNanos(1_000), LATER, 10)).isEmpty();
        assertThat(other.outbox().claim(LATER, LATER, 10))
                .containsExactly(new Dispatch(
                        dispatch.number(),
                        "k1",
                        "pager",
                        Dispatch.Kind.CHANGE,
                        dispatch.change(),
                        LATER,
                        1,
                        1,
                        "connection refused"));
    }

    @Test
    void what_is_moved_is_given_back_and_was_no_attempt() {
        Dispatch dispatch = claimed("k1");
        store.outbox().move(dispatch, NOW.minusSeconds(30));
        assertThat(other.outbox().claim(NOW, LATER, 10))
                .singleElement()
                .returns(0, Dispatch::attempts)
                .returns(NOW.minusSeconds(30), Dispatch::due);
    }

    @Test
    void what_was_told_or_dropped_stays_so() {
        Dispatch told = claimed("k1");
        store.outbox().told(told, NOW);
        Change change = told.change();
        store.outbox().put(Lives.dispatch(change, "k2", NOW));
        Dispatch dropped = store.outbox().claim(NOW, LATER, 1).getFirst();
        store.outbox().drop(dropped, NOW);
        for (Dispatch dispatch : List.of(told, dropped)) {
            other.outbox().move(dispatch, NOW);
            other.outbox().again(dispatch, 0, NOW, "late");
            other.outbox().put(dispatch);
        }
        assertThat(other.outbox().claim(LATER, LATER, 10)).isEmpty();
        assertThat(other.outbox().waiting()).isZero();
        assertThat(other.outbox().lastTold("pager", "a")).map(Dispatch::key).contains("k1");
    }

    @Test
    void what_a_rule_has_still_to_tell_of_a_target_comes_in_the_order_of_the_changes() {
        Change first = changed("a", State.DOWN, 0, NOW, false);
        Change second = changed("a", State.HEALTHY, 1, NOW.plusSeconds(1), false);
        store.outbox().put(Lives.dispatch(second, "second", NOW));
        store.outbox().put(Lives.dispatch(first, "first", LATER));
        store.outbox().claim(NOW, LATER, 1);
        assertThat(keys(other.outbox().waiting("pager", "a"))).containsExactly("first", "second");
        assertThat(other.outbox().waiting("other", "a")).isEmpty();
        assertThat(other.outbox().waiting("pager", "b")).isEmpty();
    }

    @Test
    void what_was_told_last_is_that_of_the_newest_change() {
        Change first = changed("a", State.DOWN, 0, NOW, false);
        Change second = changed("a", State.HEALTHY, 1, NOW.plusSeconds(1), false);
        assertThat(store.outbox().lastTold("pager", "a")).isEmpty();
        Dispatch newer = Lives.dispatch(second, "second", NOW);
        Dispatch older = Lives.dispatch(first, "first", NOW);
        store.outbox().put(newer);
        store.outbox().put(older);
        store.outbox().told(newer, NOW);
        store.outbox().told(older, LATER);
        assertThat(other.outbox().lastTold("pager", "a")).map(Dispatch::key).contains("second");
        assertThat(other.outbox().lastTold("mail", "a")).isEmpty();
    }

    @Test
    void problems_are_the_targets_that_are_not_well_by_their_newest_change_that_was_not_held_back() {
        changed("a", State.SLOW, 0, NOW, false);
        Change down = changed("a", State.DOWN, 1, NOW.plusSeconds(1), false);
        changed("a", State.HEALTHY, 2, NOW.plusSeconds(2), true);
        changed("b", State.DOWN, 0, NOW, false);
        changed("b", State.HEALTHY, 1, NOW.plusSeconds(1), false);
        Change failing = changed("c", State.FAILING, 0, NOW, false);
        changed("d", State.NOT_APPLICABLE, 0, NOW, false);
        Change blind = changed("e", State.INCONCLUSIVE, 0, NOW, false);
        assertThat(other.outbox().problems())
                .containsExactly(
                        new Outbox.Problem(down, null, null),
                        new Outbox.Problem(failing, null, null),
                        new Outbox.Problem(blind, null, null));
    }

    @Test
    void a_problem_is_acknowledged_until_it_changes() {
        Change slow = changed("a", State.SLOW, 0, NOW, false);
        assertThat(store.outbox().acknowledge("b", "ann", NOW)).isFalse();
        assertThat(store.outbox().acknowledge("a", "ann", NOW)).isTrue();
        assertThat(other.outbox().problems()).containsExactly(new Outbox.Problem(slow, "ann", NOW));
        Change down = changed("a", State.DOWN, 1, NOW.plusSeconds(1), false);
        assertThat(other.outbox().problems()).containsExactly(new Outbox.Problem(down, null, null));
        changed("a", State.HEALTHY, 2, NOW.plusSeconds(2), false);
        assertThat(other.outbox().acknowledge("a", "ann", NOW)).isFalse();
    }

    @Test
    void what_was_told_and_its_change_go_when_they_are_old_and_a_lasting_problem_stays() {
        Change over = changed("a", State.DOWN, 0, NOW, false);
        Change lasting = changed("b", State.DOWN, 0, NOW, false);
        changed("a", State.HEALTHY, 1, NOW.plus(Duration.ofDays(80)), false);
        for (Change change : List.of(over, lasting)) {
            Dispatch dispatch = Lives.dispatch(change, change.target(), NOW);
            store.outbox().announce(change, List.of(dispatch));
            store.outbox().told(dispatch, NOW);
        }
        Instant now = NOW.plus(Duration.ofDays(91));
        assertThat(store.tidy(now, Duration.ofDays(90), Duration.ofDays(730))).isEqualTo(2);
        assertThat(store.tidy(now, Duration.ofDays(90), Duration.ofDays(730))).isZero();
        assertThat(store.situations().changes("a", NOW)).hasSize(1);
        assertThat(store.outbox().lastTold("pager", "a")).isEmpty();
        assertThat(store.outbox().lastTold("pager", "b")).isPresent();
        assertThat(store.outbox().problems())
                .extracting(problem -> problem.change().target())
                .containsExactly("b");
    }

    private Dispatch claimed(String key) {
        Change change = changed("a", State.DOWN, 0, NOW, false);
        store.outbox().put(Lives.dispatch(change, key, NOW));
        return store.outbox().claim(NOW, LATER, 1).getFirst();
    }

    /** Enters a change and returns it with its number. */
    private Change changed(String target, State state, long version, Instant at, boolean heldBack) {
        Change change = Lives.change(target, State.HEALTHY, state, at, heldBack);
        assertThat(store.situations()
                        .replace(version, Lives.situation(target, state, null, version + 1), List.of(change)))
                .isTrue();
        return store.situations().changes(target, at).getLast();
    }

    private static List<String> keys(List<Dispatch> dispatches) {
        return dispatches.stream().map(Dispatch::key).toList();
    }
}
