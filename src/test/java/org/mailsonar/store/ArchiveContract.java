package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailsonar.roundtrip.Duties;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeArchive.Ending;
import org.mailsonar.roundtrip.ProbeArchive.Hour;
import org.mailsonar.roundtrip.ProbeArchive.Sample;
import org.mailsonar.roundtrip.ProbeArchive.UpTo;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Situation;
import org.mailsonar.verdict.Verdict.State;

/** What every database must do for reports. */
abstract class ArchiveContract extends StoreContract {

    private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant END = Instant.parse("2026-11-21T00:00:00Z");

    @Test
    void probes_of_a_time_are_shown_in_order_whatever_their_target_and_none_of_before_or_after() {
        returned("b", "sydney", BEGIN, Duration.ofSeconds(1));
        returned("a", "perth", BEGIN.plusSeconds(5), Duration.ofMinutes(3));
        ended("c", BEGIN.plusSeconds(9), new Outcome.SendFailed("no"));
        returned("a", "sydney", BEGIN.minusNanos(1_000), Duration.ofSeconds(1));
        returned("a", "sydney", END, Duration.ofSeconds(1));

        List<Sample> samples = samples();

        assertThat(samples)
                .containsExactly(
                        sample("b", "sydney", BEGIN, Ending.RETURNED, Duration.ofSeconds(1)),
                        sample("a", "perth", BEGIN.plusSeconds(5), Ending.RETURNED, Duration.ofMinutes(3)),
                        sample("c", "sydney", BEGIN.plusSeconds(9), Ending.SEND_FAILED, Duration.ZERO));
        assertThat(samples).extracting(Sample::isSlow).containsExactly(false, true, false);
    }

    @Test
    void a_probe_that_had_to_wait_for_its_submission_host_is_of_the_time_in_which_it_was_sent() {
        ProbeRecord probe = Lives.probe("a", "sydney", BEGIN.minusSeconds(1_800));
        store.ledger().enter(probe);
        store.ledger().submitted(probe.id(), BEGIN.plusSeconds(3), "250 ok");

        assertThat(samples()).extracting(Sample::sent).containsExactly(BEGIN.plusSeconds(3));
    }

    @Test
    void all_of_several_pages_are_shown_once() throws Exception {
        int many = 4_100;
        List<Callable<Integer>> work = new ArrayList<>();
        IntStream.range(0, many)
                .forEach(i -> work.add(() -> {
                    store.ledger().enter(Lives.probe("t" + i % 3, "sydney", BEGIN.plusSeconds(i * 20L)));
                    return i;
                }));
        atOnce(many, work::get);

        List<Sample> samples = samples();

        assertThat(samples).hasSize(many).doesNotHaveDuplicates();
        assertThat(samples).extracting(Sample::sent).isSorted();
    }

    @Test
    void what_is_gone_is_shown_by_hours_with_bounds_and_the_longest() {
        returned("a", "sydney", BEGIN, Duration.ofMillis(40));
        returned("a", "sydney", BEGIN.plusSeconds(1), Duration.ofMillis(300));
        returned("a", "sydney", BEGIN.plusSeconds(2), Duration.ofMinutes(11));
        ended("a", BEGIN.plusSeconds(3), new Outcome.Lost());
        returned("b", "perth", BEGIN.plusSeconds(3_600), Duration.ofMillis(250));
        while (store.tidy(END.plus(Duration.ofDays(1)), Duration.ofDays(1), Duration.ofDays(700)) > 0) {
            // goes on until nothing is left to do
        }

        assertThat(samples()).isEmpty();
        assertThat(hours(BEGIN, END))
                .containsExactly(
                        new Hour(
                                "a",
                                "sydney",
                                BEGIN,
                                Map.of(Ending.RETURNED, 2L, Ending.LATE, 1L, Ending.LOST, 1L),
                                List.of(
                                        new UpTo(Duration.ofMillis(100), 1),
                                        new UpTo(Duration.ofSeconds(1), 1),
                                        new UpTo(Duration.ofMinutes(11), 1))),
                        new Hour(
                                "b",
                                "perth",
                                BEGIN.plusSeconds(3_600),
                                Map.of(Ending.RETURNED, 1L),
                                List.of(new UpTo(Duration.ofMillis(250), 1))));
        assertThat(hours(BEGIN.plusSeconds(1), BEGIN.plusSeconds(3_600))).isEmpty();
    }

    @Test
    void changes_of_all_targets_are_shown_oldest_first() {
        change("b", 0, State.HEALTHY, State.DOWN, BEGIN.minusSeconds(1));
        change("b", 1, State.DOWN, State.HEALTHY, BEGIN.plusSeconds(2));
        change("a", 0, State.HEALTHY, State.SLOW, BEGIN);
        change("c", 0, State.HEALTHY, State.DOWN, BEGIN.plusSeconds(2));
        List<String> shown = new ArrayList<>();

        store.situations()
                .eachChange(
                        BEGIN,
                        change -> shown.add(
                                change.target() + " " + change.verdict().state()));

        assertThat(shown).containsExactly("a SLOW", "b HEALTHY", "c DOWN");
    }

    @Test
    void a_duty_is_given_to_one_and_to_another_when_its_time_is_over_and_to_nobody_when_it_is_done() {
        Duties one = store.duties();
        Duties two = other.duties();
        Instant until = BEGIN.plusSeconds(600);

        assertThat(one.claim("report", "m1", BEGIN, until)).isTrue();
        assertThat(two.claim("report", "m2", BEGIN.plusSeconds(599), until.plusSeconds(600)))
                .isFalse();
        assertThat(two.claim("another", "m2", BEGIN, until)).isTrue();
        assertThat(two.claim("report", "m2", until, until.plusSeconds(600))).isTrue();
        two.done("report", until.plusSeconds(5));
        assertThat(one.claim("report", "m1", until.plusSeconds(9_999), END)).isFalse();
        tidy(until.plusSeconds(5).plus(Duration.ofDays(400)));
        assertThat(one.claim("report", "m1", until.plusSeconds(9_999), END)).isFalse();
        tidy(until.plusSeconds(6).plus(Duration.ofDays(400)));
        assertThat(one.claim("report", "m1", until.plus(Duration.ofDays(401)), END.plus(Duration.ofDays(500))))
                .isTrue(); // forgotten, and nobody asks
    }

    @Test
    void a_duty_that_nobody_did_is_forgotten_as_well() {
        assertThat(store.duties().claim("old", "m1", BEGIN, BEGIN.plus(Duration.ofDays(900))))
                .isTrue();
        assertThat(store.duties().claim("report", "m1", BEGIN, BEGIN.plusSeconds(600)))
                .isTrue();
        tidy(BEGIN.plus(Duration.ofDays(401)));
        assertThat(other.duties().extend("report", "m1", END)).isFalse();
        assertThat(other.duties().extend("old", "m1", END)).isTrue();
    }

    @Test
    void who_was_given_a_duty_may_keep_it_longer_or_give_it_back_and_nobody_else_may() {
        Instant until = BEGIN.plusSeconds(600);
        assertThat(store.duties().claim("report", "m1", BEGIN, until)).isTrue();
        assertThat(other.duties().extend("report", "m2", BEGIN)).isFalse();
        assertThat(store.duties().extend("report", "m1", until.plusSeconds(600)))
                .isTrue();
        assertThat(other.duties().claim("report", "m2", until, END)).isFalse();
        assertThat(store.duties().extend("report", "m1", BEGIN)).isTrue();
        assertThat(other.duties().claim("report", "m2", BEGIN, until)).isTrue();
        assertThat(store.duties().extend("report", "m1", END)).isFalse();
        other.duties().done("report", until);
        assertThat(other.duties().extend("report", "m2", END)).isFalse();
    }

    private void tidy(Instant now) {
        while (store.tidy(now, Duration.ofDays(90), Duration.ofDays(730)) > 0) {
            // goes on until nothing is left to do
        }
    }

    @Test
    void of_many_who_ask_at_once_one_is_given_a_duty() throws Exception {
        List<Boolean> given = atOnce(
                20, number -> () -> turn(number).duties().claim("report", "m" + number, BEGIN, BEGIN.plusSeconds(600)));

        assertThat(given).containsOnlyOnce(true);
    }

    private List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        other.archive().each(BEGIN, END, samples::add);
        return samples;
    }

    private List<Hour> hours(Instant from, Instant until) {
        List<Hour> hours = new ArrayList<>();
        other.archive().eachHour(from, until, hours::add);
        return hours;
    }

    private static Sample sample(String target, String vantage, Instant sent, Ending ending, Duration time) {
        return new Sample(
                target,
                vantage,
                sent,
                ending,
                Duration.ofMinutes(2).toNanos(),
                Duration.ofMinutes(10).toNanos(),
                time.toNanos(),
                0);
    }

    private void returned(String target, String vantage, Instant sent, Duration time) {
        ProbeRecord probe = Lives.probe(target, vantage, sent);
        store.ledger().enter(probe);
        store.ledger()
                .returned(
                        probe.id(),
                        new RoundTrip(sent.plus(time), time, RoundTrip.Clock.MONOTONIC, Duration.ZERO),
                        null);
    }

    private void ended(String target, Instant sent, Outcome outcome) {
        ProbeRecord probe = Lives.probe(target, "sydney", sent);
        store.ledger().enter(probe);
        store.ledger().end(probe.id(), outcome, sent.plusSeconds(600));
    }

    private void change(String target, long version, State from, State to, Instant at) {
        Change change = Lives.change(target, from, to, at, false);
        Situation after = Lives.situation(target, to, null, version + 1);
        assertThat(store.situations().replace(version, after, List.of(change))).isTrue();
    }
}
