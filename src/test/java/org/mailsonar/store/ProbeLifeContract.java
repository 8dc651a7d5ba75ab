package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** What every database must do with a probe from its start to its end, beyond {@link LedgerContract}. */
abstract class ProbeLifeContract extends StoreContract {

    private static final Instant SENT = Lives.START;
    private static final Instant LATER = SENT.plusSeconds(900);

    @Test
    void a_probe_is_read_back_with_all_that_is_known_of_it() {
        ProbeRecord probe = entered("a", "sydney", SENT);
        assertThat(other.ledger().find(probe.id())).contains(probe);
        store.ledger().note(probe.id(), "delayed: 451 4.4.1\0 no route");
        assertThat(other.ledger().find(probe.id()).orElseThrow().note()).isEqualTo("delayed: 451 4.4.1\ufffd no route");
    }

    @Test
    void each_outcome_is_entered_with_its_time_and_read_back_the_same() {
        for (Outcome outcome : List.of(
                new Outcome.Lost(),
                new Outcome.Inconclusive("the monitor was stopped"),
                new Outcome.Refused("550 5.7.1 no"),
                new Outcome.Bounced("5.1.1 unknown"),
                new Outcome.Deferred("450 4.2.0 greylisted"),
                new Outcome.SendFailed("no connection"))) {
            ProbeRecord probe = entered("a", "sydney", SENT);
            Ledger.Entry entry = store.ledger().end(probe.id(), outcome, LATER).orElseThrow();
            assertThat(entry).isEqualTo(new Ledger.Entry(probe.with(outcome, LATER), true));
            assertThat(other.ledger().find(probe.id())).contains(probe.with(outcome, LATER));
        }
    }

    @Test
    void what_is_no_end_is_refused_and_an_unknown_probe_has_none() {
        ProbeRecord probe = entered("a", "sydney", SENT);
        assertThatThrownBy(() -> store.ledger().end(probe.id(), new Outcome.InFlight(), LATER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.ledger().end(Probes.id(), new Outcome.Lost(), LATER)).isEmpty();
    }

    @Test
    void of_many_that_end_a_probe_at_once_one_does() throws Exception {
        ProbeRecord probe = entered("a", "sydney", SENT);
        List<Boolean> firsts = atOnce(
                20,
                number -> () -> turn(number)
                        .ledger()
                        .end(probe.id(), new Outcome.Lost(), LATER)
                        .orElseThrow()
                        .first());
        assertThat(firsts).containsOnlyOnce(true);
    }

    @Test
    void what_came_back_keeps_what_it_is() {
        ProbeRecord probe = entered("a", "sydney", SENT);
        store.ledger().returned(probe.id(), trip(Duration.ofSeconds(1)), null);
        for (Outcome outcome : List.of(new Outcome.Lost(), new Outcome.Bounced("5.1.1"))) {
            Ledger.Entry entry = other.ledger().end(probe.id(), outcome, LATER).orElseThrow();
            assertThat(entry.first()).isFalse();
            assertThat(entry.probe().outcome()).isEqualTo(new Outcome.Returned(trip(Duration.ofSeconds(1))));
        }
    }

    @Test
    void a_cause_replaces_that_nothing_came_and_not_the_other_way_round() {
        ProbeRecord probe = entered("a", "sydney", SENT);
        store.ledger().end(probe.id(), new Outcome.Inconclusive("stopped"), SENT.plusSeconds(600));
        assertThat(store.ledger()
                        .end(probe.id(), new Outcome.Lost(), LATER)
                        .orElseThrow()
                        .first())
                .isFalse();
        assertThat(store.ledger()
                        .end(probe.id(), new Outcome.Bounced("5.1.1"), LATER)
                        .orElseThrow())
                .isEqualTo(new Ledger.Entry(probe.with(new Outcome.Bounced("5.1.1"), LATER), true));
        assertThat(other.ledger()
                        .end(probe.id(), new Outcome.Lost(), LATER)
                        .orElseThrow()
                        .first())
                .isFalse();
        assertThat(other.ledger()
                        .end(probe.id(), new Outcome.Refused("no"), LATER)
                        .orElseThrow()
                        .first())
                .isFalse();
    }

    @Test
    void a_return_after_the_end_has_its_own_time() {
        ProbeRecord probe = entered("a", "sydney", SENT);
        store.ledger().end(probe.id(), new Outcome.Lost(), probe.deadline());
        RoundTrip late = trip(Duration.ofMinutes(11));
        ProbeRecord found =
                other.ledger().returned(probe.id(), late, null).orElseThrow().probe();
        assertThat(found.outcome()).isEqualTo(new Outcome.Late(late));
        assertThat(found.ended()).isEqualTo(late.received());
    }

    @Test
    void overdue_is_asked_for_one_vantage() {
        ProbeRecord here = entered("a", "sydney", SENT);
        ProbeRecord there = entered("a", "paris", SENT);
        assertThat(store.ledger().overdue("sydney", "m1", here.deadline())).isEmpty();
        assertThat(store.ledger().overdue("sydney", "m1", LATER)).containsExactly(here);
        assertThat(store.ledger().overdue("paris", "m1", LATER)).containsExactly(there);
    }

    @Test
    void a_probe_turns_slow_once_and_for_one_monitor() throws Exception {
        ProbeRecord second = entered("b", "sydney", SENT.plusSeconds(1));
        ProbeRecord first = entered("a", "sydney", SENT);
        ProbeRecord back = entered("c", "sydney", SENT);
        entered("a", "paris", SENT);
        store.ledger().returned(back.id(), trip(Duration.ofSeconds(1)), null);
        assertThat(store.ledger().turnedSlow("sydney", SENT.plusSeconds(119))).isEmpty();
        assertThat(store.ledger().turnedSlow("sydney", first.slowFrom())).containsExactly(first);
        List<Integer> found = atOnce(
                10,
                number ->
                        () -> turn(number).ledger().turnedSlow("sydney", LATER).size());
        assertThat(found).containsOnlyOnce(1).containsOnly(0, 1);
        assertThat(other.ledger().find(second.id())).contains(second);
    }

    @Test
    void a_probe_turns_slow_by_the_time_at_which_it_really_left_and_never_if_it_has_no_such_time() {
        ProbeRecord probe = entered("a", "sydney", SENT);
        store.ledger().submitted(probe.id(), SENT.plusSeconds(30), "250 ok");
        store.ledger().enter(Probes.leaving());
        assertThat(store.ledger().turnedSlow("sydney", SENT.plusSeconds(149))).isEmpty();
        assertThat(store.ledger().turnedSlow("sydney", LATER))
                .extracting(ProbeRecord::id)
                .containsExactly(probe.id());
    }

    @Test
    void the_newest_of_a_target_at_a_vantage_come_newest_first() {
        List<ProbeRecord> probes = IntStream.range(0, 5)
                .mapToObj(i -> entered("a", "sydney", SENT.plusSeconds(i)))
                .toList();
        entered("a", "paris", SENT.plusSeconds(9));
        entered("b", "sydney", SENT.plusSeconds(9));
        assertThat(other.ledger().newest("a", "sydney", LATER, 3))
                .containsExactly(probes.get(4), probes.get(3), probes.get(2));
        assertThat(other.ledger().newest("a", "sydney", LATER, 9)).hasSize(5);
    }

    @Test
    void what_was_sent_before_the_clock_was_set_back_does_not_hide_what_is_new() {
        for (int i = 0; i < 30; i++) {
            entered("a", "sydney", LATER.plusSeconds(i + 1));
        }
        ProbeRecord now = entered("a", "sydney", LATER);
        ProbeRecord before = entered("a", "sydney", SENT);
        assertThat(other.ledger().newest("a", "sydney", LATER, 9)).containsExactly(now, before);
    }

    @Test
    void history_is_shown_whole_and_in_order_over_many_pages() {
        List<ProbeRecord> sent = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            sent.add(entered("a", i % 2 == 0 ? "sydney" : "paris", SENT.plusSeconds(i / 3)));
        }
        entered("b", "sydney", SENT);
        List<ProbeRecord> shown = new ArrayList<>();
        other.ledger().each("a", null, shown::add);
        assertThat(shown).containsExactlyInAnyOrderElementsOf(sent).isSortedAccordingTo(ProbeLifeContract::bySending);
        List<ProbeRecord> since = new ArrayList<>();
        other.ledger().each("a", SENT.plusSeconds(399), since::add);
        assertThat(since).hasSize(3);
    }

    @Test
    void papers_are_kept_beside_a_probe_and_replaced() {
        ProbeRecord probe = entered("a", "sydney", SENT);
        store.ledger().keep(probe.id(), Ledger.Paper.WAY, "{}");
        store.ledger().keep(probe.id(), Ledger.Paper.SUBMISSION, "> MAIL\n< 250 ok\n");
        other.ledger().keep(probe.id(), Ledger.Paper.WAY, "{\"there\":{}} ✉");
        assertThat(store.ledger().papers(probe.id()))
                .containsOnly(
                        Map.entry(Ledger.Paper.WAY, "{\"there\":{}} ✉"),
                        Map.entry(Ledger.Paper.SUBMISSION, "> MAIL\n< 250 ok\n"));
        store.ledger().keep(probe.id(), Ledger.Paper.BOUNCE, "x".repeat(20_000));
        assertThat(store.ledger().papers(probe.id()).get(Ledger.Paper.BOUNCE)).hasSize(16_000);
        assertThat(store.ledger().papers(Probes.id())).isEmpty();
    }

    private static int bySending(ProbeRecord one, ProbeRecord two) {
        return one.sent().compareTo(two.sent());
    }

    private ProbeRecord entered(String target, String vantage, Instant sent) {
        ProbeRecord probe = Lives.probe(target, vantage, sent);
        store.ledger().enter(probe);
        return probe;
    }

    private static RoundTrip trip(Duration time) {
        return Probes.roundTrip(time);
    }
}
