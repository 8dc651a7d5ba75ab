package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.ProbeRecord;

/** What every database must do as an agenda, and as a ledger together with it. */
abstract class AgendaContract extends StoreContract {

    private static final Instant NOW = Lives.START;
    private static final Duration EVERY = Duration.ofMinutes(20);

    @Test
    void entries_are_read_back_the_same_and_only_those_of_the_vantage() {
        Agenda.Entry one = entry("a", NOW);
        Agenda.Entry off = new Agenda.Entry("b", NOW.plusSeconds(1), Duration.ofDays(30), false);
        store.agenda().write("sydney", List.of(off, one));
        store.agenda().write("paris", List.of(entry("c", NOW)));
        assertThat(other.agenda().entries("sydney")).containsOnlyKeys("a", "b").containsValues(one, off);
        Agenda.Entry changed = new Agenda.Entry("a", NOW.plusSeconds(7), Duration.ofMinutes(1), false);
        store.agenda().write("sydney", List.of(changed));
        assertThat(other.agenda().entries("sydney")).containsEntry("a", changed).containsEntry("b", off);
    }

    @Test
    void what_is_due_is_given_out_longest_due_first() {
        store.agenda()
                .write(
                        "sydney",
                        List.of(entry("b", NOW.minusSeconds(1)), entry("a", NOW), entry("c", NOW.plusNanos(1000))));
        store.agenda().write("sydney", List.of(new Agenda.Entry("d", NOW.minusSeconds(9), EVERY, false)));
        store.agenda().write("paris", List.of(entry("e", NOW)));
        assertThat(claim(store, 10)).extracting(Agenda.Claim::target).containsExactly("b", "a");
        assertThat(claim(other, 10)).isEmpty();
    }

    @Test
    void no_more_is_given_out_than_was_asked_for() {
        store.agenda().write("sydney", List.of(entry("a", NOW.minusSeconds(1)), entry("b", NOW)));
        assertThat(claim(store, 1)).extracting(Agenda.Claim::target).containsExactly("a");
        assertThat(claim(other, 1)).extracting(Agenda.Claim::target).containsExactly("b");
    }

    @Test
    void of_many_monitors_that_ask_at_once_each_probe_goes_to_one() throws Exception {
        store.agenda()
                .write(
                        "sydney",
                        IntStream.range(0, 1_500)
                                .mapToObj(i -> entry("t" + i, NOW))
                                .toList());
        List<List<Agenda.Claim>> claims = atOnce(40, number -> () -> claim(turn(number), 50));
        assertThat(claims.stream().flatMap(List::stream).map(Agenda.Claim::target))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(1_000);
    }

    @Test
    void a_claim_that_is_entered_moves_the_agenda_on() {
        store.agenda().write("sydney", List.of(entry("a", NOW)));
        Agenda.Claim claim = claim(store, 1).getFirst();
        ProbeRecord probe = Lives.probe("a", "sydney", NOW);
        assertThat(store.ledger().enter(probe, claim, NOW.plus(EVERY))).isTrue();
        assertThat(other.ledger().find(probe.id())).contains(probe);
        assertThat(other.agenda().entries("sydney")).containsEntry("a", entry("a", NOW.plus(EVERY)));
        assertThat(other.agenda().claim("sydney", "m2", NOW.plus(EVERY), NOW.plus(EVERY), 1))
                .hasSize(1);
    }

    @Test
    void a_claim_that_ran_out_and_was_given_to_another_enters_nothing() {
        store.agenda().write("sydney", List.of(entry("a", NOW)));
        Agenda.Claim first = claim(store, 1).getFirst();
        Instant later = NOW.plusSeconds(60);
        Agenda.Claim second = other.agenda()
                .claim("sydney", "m2", later, later.plusSeconds(60), 1)
                .getFirst();
        ProbeRecord lateProbe = Lives.probe("a", "sydney", NOW);
        assertThat(store.ledger().enter(lateProbe, first, NOW.plus(EVERY))).isFalse();
        assertThat(store.ledger().find(lateProbe.id())).isEmpty();
        assertThat(other.ledger().enter(Lives.probe("a", "sydney", later), second, NOW.plus(EVERY)))
                .isTrue();
        assertThat(store.ledger().enter(lateProbe, first, NOW.plus(EVERY))).isFalse();
    }

    @Test
    void a_claim_is_entered_only_once() throws Exception {
        store.agenda().write("sydney", List.of(entry("a", NOW)));
        Agenda.Claim claim = claim(store, 1).getFirst();
        List<Boolean> entered = atOnce(
                20,
                number -> () -> turn(number).ledger().enter(Lives.probe("a", "sydney", NOW), claim, NOW.plus(EVERY)));
        assertThat(entered).containsOnlyOnce(true);
        assertThat(store.ledger().newest("a", "sydney", NOW.plus(EVERY), 10)).hasSize(1);
    }

    @Test
    void a_probe_that_cannot_be_entered_leaves_the_agenda_as_it_was() {
        store.agenda().write("sydney", List.of(entry("a", NOW)));
        Agenda.Claim claim = claim(store, 1).getFirst();
        ProbeRecord there = Lives.probe("a", "sydney", NOW);
        store.ledger().enter(there);
        assertThatThrownBy(() -> store.ledger().enter(there, claim, NOW.plus(EVERY)))
                .isInstanceOf(LedgerException.class);
        assertThat(store.agenda().entries("sydney")).containsEntry("a", entry("a", NOW));
        assertThat(store.ledger().enter(Lives.probe("a", "sydney", NOW), claim, NOW.plus(EVERY)))
                .isTrue();
    }

    @Test
    void a_claim_given_back_is_given_out_again_from_an_instant_on() {
        store.agenda().write("sydney", List.of(entry("a", NOW)));
        Agenda.Claim claim = claim(store, 1).getFirst();
        store.agenda().putBack(claim, NOW.plusSeconds(5));
        assertThat(claim(other, 1)).isEmpty();
        Agenda.Claim again = other.agenda()
                .claim("sydney", "m2", NOW.plusSeconds(5), NOW.plusSeconds(65), 1)
                .getFirst();
        store.agenda().putBack(claim, NOW);
        assertThat(store.agenda().entries("sydney")).containsEntry("a", entry("a", NOW.plusSeconds(5)));
        assertThat(other.ledger().enter(Lives.probe("a", "sydney", NOW), again, NOW.plus(EVERY)))
                .isTrue();
    }

    @Test
    void what_is_given_out_stays_so_when_the_entries_are_written_anew() {
        store.agenda().write("sydney", List.of(entry("a", NOW)));
        Agenda.Claim claim = claim(store, 1).getFirst();
        other.agenda().write("sydney", List.of(entry("a", NOW.minusSeconds(1))));
        assertThat(claim(other, 1)).isEmpty();
        assertThat(store.ledger().enter(Lives.probe("a", "sydney", NOW), claim, NOW.plus(EVERY)))
                .isTrue();
    }

    @Test
    void a_retry_comes_before_the_next_turn_and_says_so_once() {
        store.agenda().write("sydney", List.of(entry("a", NOW.plus(EVERY))));
        store.agenda().retry("a", "sydney", NOW, NOW.minusSeconds(60), NOW);
        Agenda.Claim retry = claim(store, 1).getFirst();
        assertThat(retry.retry()).isTrue();
        store.ledger().enter(Lives.probe("a", "sydney", NOW), retry, NOW.plus(EVERY));
        assertThat(other.agenda().claim("sydney", "m2", NOW.plus(EVERY), NOW.plus(EVERY), 1))
                .singleElement()
                .returns(false, Agenda.Claim::retry);
    }

    @Test
    void a_retry_does_not_put_off_what_is_due_before() {
        store.agenda().write("sydney", List.of(entry("a", NOW)));
        store.agenda().retry("a", "sydney", NOW.plusSeconds(30), NOW, NOW);
        assertThat(claim(store, 1)).singleElement().returns(false, Agenda.Claim::retry);
    }

    @Test
    void a_retry_is_not_wanted_any_more_when_a_probe_was_sent_meanwhile() {
        store.agenda().write("sydney", List.of(entry("a", NOW.plus(EVERY))));
        store.ledger().enter(Lives.probe("a", "sydney", NOW.minusSeconds(30)));
        store.ledger().enter(Lives.probe("a", "sydney", NOW.plusSeconds(61)));
        store.ledger().enter(Lives.probe("a", "paris", NOW));
        other.agenda().retry("a", "sydney", NOW, NOW.minusSeconds(31), NOW.plusSeconds(60));
        assertThat(claim(store, 1)).isEmpty();
        other.agenda().retry("a", "sydney", NOW, NOW.minusSeconds(30), NOW.plusSeconds(60));
        assertThat(claim(store, 1)).singleElement().returns(true, Agenda.Claim::retry);
    }

    @Test
    void more_entries_than_fit_into_one_transaction_are_written() {
        store.agenda()
                .write(
                        "sydney",
                        IntStream.range(0, 2_345)
                                .mapToObj(i -> entry("t" + i, NOW))
                                .toList());
        assertThat(other.agenda().entries("sydney")).hasSize(2_345);
    }

    private static Agenda.Entry entry(String target, Instant due) {
        return new Agenda.Entry(target, due, EVERY, true);
    }

    private static List<Agenda.Claim> claim(Store monitor, int most) {
        return monitor.agenda().claim("sydney", "m1", NOW, NOW.plusSeconds(60), most);
    }
}
