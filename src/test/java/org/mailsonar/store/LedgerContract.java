package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** What every database must do as a ledger. */
abstract class LedgerContract {

    private static final ProbeRecord.Evidence EVIDENCE =
            new ProbeRecord.Evidence(Instant.parse("2026-11-21T01:02:04.000001Z"), "mx1.company.test");

    private Ledger ledger;
    private Ledger other;

    /** Opens the same database again; it is empty before a test. */
    abstract Ledger open();

    @BeforeEach
    void openTwice() {
        ledger = open();
        other = open();
    }

    @AfterEach
    void closeBoth() {
        other.close();
        ledger.close();
    }

    @Test
    void an_entered_probe_is_read_back_the_same_by_another_ledger() {
        ProbeRecord probe = entered(Probes.leaving());
        assertThat(other.find(probe.id())).contains(probe);
        assertThat(other.find(probe.id()).orElseThrow().address()).hasToString("Webscout@company.test");
    }

    @Test
    void an_instant_keeps_its_microseconds_before_1970_too() {
        ProbeRecord probe = entered(Probes.leaving("old", Instant.parse("1969-12-31T23:59:59.999999Z")));
        assertThat(other.find(probe.id())).contains(probe);
    }

    @Test
    void what_is_finer_than_a_microsecond_is_cut_off() {
        ProbeRecord probe = entered(Probes.leaving("fine", Probes.START.plusNanos(999)));
        assertThat(ledger.find(probe.id()).orElseThrow().sent()).isEqualTo(Probes.START);
    }

    @Test
    void an_unknown_probe_is_not_found_and_changes_nothing() {
        ProbeId unknown = Probes.id();
        ledger.submitted(unknown, Probes.START, "250 ok");
        refused(ledger, unknown, "550 no");
        assertThat(bounced(ledger, unknown, "5.1.1")).isFalse();
        assertThat(lost(ledger, unknown)).isFalse();
        assertThat(ledger.returned(unknown, Probes.roundTrip(Duration.ofSeconds(1)), EVIDENCE))
                .isEmpty();
        assertThat(ledger.find(unknown)).isEmpty();
        assertThat(ledger.newestByTarget()).isEmpty();
    }

    @Test
    void the_same_probe_cannot_be_entered_twice() {
        ProbeRecord probe = entered(Probes.leaving());
        assertThatThrownBy(() -> other.enter(probe))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("database ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void submission_replaces_the_time_and_moves_the_deadline() {
        ProbeRecord probe = entered(Probes.leaving());
        Instant sent = Probes.START.plusSeconds(30);
        ledger.submitted(probe.id(), sent, "250 2.0.0 queued as 4711");
        ProbeRecord found = other.find(probe.id()).orElseThrow();
        assertThat(found.sent()).isEqualTo(sent);
        assertThat(found.submission()).isEqualTo("250 2.0.0 queued as 4711");
        assertThat(found.outcome()).isEqualTo(new Outcome.InFlight());
        assertThat(ledger.overdue("sydney", "m1", probe.deadline().plusSeconds(30)))
                .isEmpty();
        assertThat(ledger.overdue("sydney", "m1", probe.deadline().plusSeconds(31)))
                .containsExactly(found);
    }

    @Test
    void a_return_is_in_time_up_to_the_very_nanosecond_of_the_time_out() {
        ProbeRecord punctual = entered(Probes.leaving());
        ProbeRecord late = entered(Probes.leaving());
        RoundTrip inTime = Probes.roundTrip(Probes.TIMEOUT);
        RoundTrip tooLate = Probes.roundTrip(Probes.TIMEOUT.plusNanos(1));
        assertThat(outcome(punctual, inTime)).isInstanceOf(Outcome.Returned.class);
        assertThat(outcome(late, tooLate)).isInstanceOf(Outcome.Late.class);
    }

    @Test
    void a_round_trip_and_its_evidence_are_read_back_the_same() {
        ProbeRecord probe = entered(Probes.leaving());
        RoundTrip roundTrip = new RoundTrip(
                Probes.START.plusNanos(1_234_567_000),
                Duration.ofNanos(1_234_567_891),
                RoundTrip.Clock.WALL,
                Duration.ofSeconds(30));
        Ledger.Entry entry = ledger.returned(probe.id(), roundTrip, EVIDENCE).orElseThrow();
        assertThat(entry.first()).isTrue();
        assertThat(entry.probe().outcome()).isEqualTo(new Outcome.Returned(roundTrip));
        assertThat(entry.probe().evidence()).isEqualTo(EVIDENCE);
        assertThat(other.find(probe.id())).contains(entry.probe());
    }

    @Test
    void a_return_without_evidence_has_none() {
        ProbeRecord probe = entered(Probes.leaving());
        Ledger.Entry entry = ledger.returned(probe.id(), Probes.roundTrip(Duration.ZERO), null)
                .orElseThrow();
        assertThat(entry.probe().evidence()).isNull();
    }

    @Test
    void a_second_return_is_counted_and_changes_nothing() {
        ProbeRecord probe = entered(Probes.leaving());
        ProbeRecord first = ledger.returned(probe.id(), Probes.roundTrip(Duration.ofSeconds(2)), null)
                .orElseThrow()
                .probe();
        Ledger.Entry second = other.returned(probe.id(), Probes.roundTrip(Duration.ofHours(2)), EVIDENCE)
                .orElseThrow();
        assertThat(second.first()).isFalse();
        assertThat(second.probe())
                .usingRecursiveComparison()
                .ignoringFields("duplicates")
                .isEqualTo(first);
        assertThat(second.probe().duplicates()).isEqualTo(1);
    }

    @Test
    void of_many_returns_at_once_exactly_one_is_the_first() throws Exception {
        ProbeRecord probe = entered(Probes.leaving());
        List<Boolean> firsts = atOnce(
                20,
                number -> () -> (number % 2 == 0 ? ledger : other)
                        .returned(probe.id(), Probes.roundTrip(Duration.ofMillis(number)), EVIDENCE)
                        .orElseThrow()
                        .first());
        assertThat(firsts).containsOnlyOnce(true);
        assertThat(ledger.find(probe.id()).orElseThrow().duplicates()).isEqualTo(19);
    }

    @Test
    void a_return_stands_above_lost_refused_and_bounced_that_came_before() {
        ProbeRecord lost = entered(Probes.leaving());
        ProbeRecord refused = entered(Probes.leaving());
        ProbeRecord bounced = entered(Probes.leaving());
        assertThat(lost(ledger, lost.id())).isTrue();
        refused(ledger, refused.id(), "451 4.3.0 try later");
        assertThat(bounced(ledger, bounced.id(), "5.1.1 unknown user")).isTrue();
        RoundTrip roundTrip = Probes.roundTrip(Duration.ofSeconds(1));
        for (ProbeRecord probe : List.of(lost, refused, bounced)) {
            assertThat(outcome(probe, roundTrip)).isEqualTo(new Outcome.Returned(roundTrip));
        }
    }

    @Test
    void a_return_stands_above_lost_refused_and_bounced_that_come_after() {
        ProbeRecord probe = entered(Probes.leaving());
        Outcome returned = outcome(probe, Probes.roundTrip(Duration.ofSeconds(1)));
        refused(ledger, probe.id(), "451 4.3.0 try later");
        assertThat(bounced(ledger, probe.id(), "5.1.1 unknown user")).isTrue();
        assertThat(lost(ledger, probe.id())).isFalse();
        assertThat(other.find(probe.id()).orElseThrow().outcome()).isEqualTo(returned);
    }

    @Test
    void a_refused_and_a_bounced_probe_say_why() {
        ProbeRecord refused = entered(Probes.leaving());
        ProbeRecord bounced = entered(Probes.leaving());
        refused(ledger, refused.id(), "550 5.7.1 'no'; DROP TABLE probe --");
        lost(ledger, bounced.id());
        bounced(ledger, bounced.id(), "Empfänger unbekannt 📭");
        assertThat(other.find(refused.id()).orElseThrow().outcome())
                .isEqualTo(new Outcome.Refused("550 5.7.1 'no'; DROP TABLE probe --"));
        assertThat(other.find(bounced.id()).orElseThrow().outcome())
                .isEqualTo(new Outcome.Bounced("Empfänger unbekannt 📭"));
    }

    @Test
    void a_probe_is_lost_only_once() {
        ProbeRecord probe = entered(Probes.leaving());
        assertThat(lost(ledger, probe.id())).isTrue();
        assertThat(lost(other, probe.id())).isFalse();
        assertThat(other.find(probe.id()).orElseThrow().outcome()).isEqualTo(new Outcome.Lost());
    }

    @Test
    void overdue_is_what_is_in_flight_behind_its_deadline_oldest_first() {
        ProbeRecord newer = entered(Probes.leaving("b", Probes.START.plusSeconds(1)));
        ProbeRecord older = entered(Probes.leaving("a", Probes.START));
        ProbeRecord back = entered(Probes.leaving("c", Probes.START));
        entered(Probes.leaving("d", Probes.START.plusSeconds(2)));
        outcome(back, Probes.roundTrip(Duration.ofSeconds(1)));
        assertThat(other.overdue("sydney", "m1", Probes.START.plusSeconds(2).plus(Probes.TIMEOUT)))
                .containsExactly(older, newer);
        assertThat(other.overdue("sydney", "m1", older.deadline())).isEmpty();
        assertThat(other.overdue("sydney", "m1", older.deadline().plusNanos(1_000)))
                .containsExactly(older);
    }

    @Test
    void overdue_gives_the_oldest_thousand() {
        IntStream.range(0, 1_003)
                .mapToObj(i -> Probes.leaving("target", Probes.START.plusSeconds(i)))
                .forEach(ledger::enter);
        List<ProbeRecord> overdue = other.overdue("sydney", "m1", Probes.START.plus(Duration.ofDays(1)));
        assertThat(overdue).hasSize(1_000);
        assertThat(overdue.getFirst().sent()).isEqualTo(Probes.START);
    }

    @Test
    void overdue_gives_a_monitor_its_own_first_however_many_others_have() {
        IntStream.range(0, 1_003)
                .mapToObj(i -> Probes.leaving("target", Probes.START.plusSeconds(i)))
                .forEach(ledger::enter);
        ProbeRecord own = entered(Lives.probe("target", "sydney", Probes.START.plusSeconds(2_000)));
        ProbeRecord young = entered(Lives.probe("target", "sydney", Probes.START.plus(Duration.ofDays(1))));
        List<ProbeRecord> overdue = other.overdue("sydney", own.monitor(), Probes.START.plus(Duration.ofDays(1)));
        assertThat(overdue).hasSize(1_000).startsWith(own).doesNotContain(young);
        assertThat(overdue.get(1).sent()).isEqualTo(Probes.START);
    }

    @Test
    void the_newest_of_each_target_is_the_one_sent_last() {
        ProbeRecord newest = entered(Probes.leaving("company", Probes.START.plusSeconds(2)));
        entered(Probes.leaving("company", Probes.START));
        ProbeRecord single = entered(Probes.leaving("university", Probes.START));
        ProbeRecord odd = entered(Probes.leaving("", Probes.START));
        assertThat(other.newestByTarget())
                .containsOnly(Map.entry("company", newest), Map.entry("university", single), Map.entry("", odd));
    }

    @Test
    void of_two_probes_sent_at_the_same_time_one_is_the_newest() {
        entered(Probes.leaving());
        entered(Probes.leaving());
        assertThat(ledger.newestByTarget()).containsOnlyKeys("company");
    }

    @Test
    void counters_count_from_every_ledger() throws Exception {
        assertThat(ledger.counters()).isEmpty();
        atOnce(20, number -> () -> {
            (number % 2 == 0 ? ledger : other).count("stranger");
            return true;
        });
        other.count("forged");
        assertThat(ledger.counters()).containsOnly(Map.entry("forged", 1L), Map.entry("stranger", 20L));
    }

    @Test
    void callers_of_two_ledgers_that_touch_the_same_rows_all_get_through() throws Exception {
        List<ProbeRecord> probes = IntStream.range(0, 8)
                .mapToObj(i -> entered(Probes.leaving("target " + i, Probes.START)))
                .toList();
        atOnce(200, number -> () -> {
            Ledger one = number % 2 == 0 ? ledger : other;
            one.count("a");
            bounced(one, probes.get(number % 8).id(), "5.1.1");
            one.returned(probes.get(7 - number % 8).id(), Probes.roundTrip(Duration.ZERO), EVIDENCE);
            one.count("b");
            return true;
        });
        assertThat(ledger.counters()).containsOnly(Map.entry("a", 200L), Map.entry("b", 200L));
        assertThat(probes)
                .allSatisfy(probe -> assertThat(
                                ledger.find(probe.id()).orElseThrow().duplicates())
                        .isEqualTo(24));
    }

    @Test
    void what_fails_beside_others_undoes_nothing_of_theirs() throws Exception {
        ProbeRecord twice = entered(Probes.leaving());
        List<ProbeRecord> probes =
                IntStream.range(0, 100).mapToObj(i -> Probes.leaving()).toList();
        List<Boolean> entered = atOnce(200, number -> () -> {
            try {
                ledger.enter(number % 2 == 0 ? probes.get(number / 2) : twice);
                return true;
            } catch (LedgerException there) {
                return false;
            }
        });
        assertThat(entered).filteredOn(done -> done).hasSize(100);
        assertThat(probes)
                .allSatisfy(probe -> assertThat(other.find(probe.id())).contains(probe));
    }

    @Test
    void a_closed_ledger_says_so() {
        other.close();
        assertThatThrownBy(() -> other.count("x"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("closed");
    }

    private ProbeRecord entered(ProbeRecord probe) {
        ledger.enter(probe);
        return probe;
    }

    private Outcome outcome(ProbeRecord probe, RoundTrip roundTrip) {
        return ledger.returned(probe.id(), roundTrip, EVIDENCE)
                .orElseThrow()
                .probe()
                .outcome();
    }

    private static <T> List<T> atOnce(int times, IntFunction<Callable<T>> task) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result :
                    threads.invokeAll(IntStream.range(0, times).mapToObj(task).toList())) {
                results.add(result.get());
            }
        }
        return results;
    }

    private static void refused(Ledger ledger, ProbeId id, String why) {
        ledger.end(id, new Outcome.Refused(why), Probes.START);
    }

    /** Whether there is such a probe. */
    private static boolean bounced(Ledger ledger, ProbeId id, String why) {
        return ledger.end(id, new Outcome.Bounced(why), Probes.START).isPresent();
    }

    /** Whether that made it lost. */
    private static boolean lost(Ledger ledger, ProbeId id) {
        return ledger.end(id, new Outcome.Lost(), Probes.START)
                .filter(Ledger.Entry::first)
                .isPresent();
    }
}
