package org.mailsonar.roundtrip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.store.Stores;

class ReturnDeskTest {

    private static final Duration TRIP = Duration.ofNanos(41_234_567);

    @TempDir
    private Path directory;

    private RoundTripLab lab;

    @BeforeEach
    void open() {
        lab = new RoundTripLab(directory);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_return_is_timed_to_the_nanosecond() {
        ProbeId id = lab.send();
        lab.clock.pass(TRIP);
        assertThat(lab.receive(lab.returnOfLast(id)))
                .isEqualTo(new Disposition.Accepted("probe " + id + " of webscout@company.test round trip 0.041 s"));
        assertThat(lab.outcome(id))
                .isEqualTo(new Outcome.Returned(new RoundTrip(
                        micros(TestProbes.SENT.plus(TRIP)), TRIP, RoundTrip.Clock.MONOTONIC, Duration.ofMillis(1))));
        assertThat(lab.ended).containsExactly(lab.probe(id));
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, 5})
    void a_wall_clock_stepped_by_hours_changes_no_round_trip(long hours) {
        ProbeId id = lab.send();
        lab.clock.stepWall(Duration.ofHours(hours));
        lab.clock.pass(TRIP);
        lab.receive(lab.returnOfLast(id));
        assertThat(trip(id).time()).isEqualTo(TRIP);
    }

    @ParameterizedTest
    @ValueSource(longs = {-36, -2, 2, 36})
    void a_reflectors_clock_that_is_hours_off_is_evidence_and_changes_no_metric(long hours) {
        ProbeId id = lab.send();
        lab.clock.pass(TRIP);
        Instant stamp = TestProbes.SENT.plus(Duration.ofHours(hours));
        lab.receive(lab.returnOfLast(id, stamp));
        assertThat(trip(id).time()).isEqualTo(TRIP);
        assertThat(trip(id).received()).isEqualTo(micros(TestProbes.SENT.plus(TRIP)));
        assertThat(lab.probe(id).evidence())
                .isEqualTo(new ProbeRecord.Evidence(Instant.ofEpochMilli(stamp.toEpochMilli()), "mx1.company.test"));
    }

    @Test
    void a_probe_of_another_process_is_timed_by_the_wall_clock() {
        ProbeId id = lab.send();
        lab.restart();
        lab.clock.pass(Duration.ofSeconds(3));
        lab.receive(lab.returnOfLast(id));
        assertThat(trip(id).time()).isEqualTo(Duration.ofSeconds(3));
        assertThat(trip(id).clock()).isEqualTo(RoundTrip.Clock.WALL);
    }

    @Test
    void a_wall_clock_set_back_behind_the_sending_makes_no_negative_time() {
        ProbeId id = lab.send();
        lab.restart();
        lab.clock.stepWall(Duration.ofHours(-1));
        lab.receive(lab.returnOfLast(id));
        assertThat(trip(id).time()).isZero();
    }

    @Test
    void a_return_is_late_behind_the_time_out_and_stands_above_lost() {
        ProbeId id = lab.send();
        lab.clock.pass(RoundTripLab.TARGET.timeout().plusNanos(1));
        lab.ledger.end(id, new Outcome.Lost(), lab.clock.now().wall());
        assertThat(lab.receive(lab.returnOfLast(id)).name()).isEqualTo("accepted");
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.Late.class);
    }

    @Test
    void a_return_of_a_probe_that_has_expired_is_late_and_true() {
        ProbeId id = lab.send();
        lab.clock.pass(Duration.ofDays(30));
        assertThat(lab.receive(lab.returnOfLast(id)).name()).isEqualTo("accepted");
        assertThat(trip(id).time()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void a_second_return_is_taken_counted_and_not_told_again() {
        ProbeId id = lab.send();
        lab.clock.pass(TRIP);
        lab.receive(lab.returnOfLast(id));
        Outcome first = lab.outcome(id);
        lab.clock.pass(Duration.ofHours(1));
        assertThat(lab.receive(lab.returnOfLast(id)))
                .isEqualTo(new Disposition.Accepted("probe " + id + " came back once more"));
        assertThat(lab.outcome(id)).isEqualTo(first);
        assertThat(lab.probe(id).duplicates()).isEqualTo(1);
        assertThat(lab.ended).hasSize(1);
    }

    @Test
    void an_authentic_return_of_an_unknown_probe_is_dropped_and_counted() {
        String message = "Mailsonar-Return: 1; id=" + TestProbes.ID
                + "; received=2026-11-21T01:02:04.000Z; agent=mx; version=1\r\n"
                + new String(TestProbes.probe(), ISO_8859_1);
        assertThat(lab.receive(message))
                .isEqualTo(new Disposition.Discarded(
                        "probe " + TestProbes.ID + " is not in the ledger",
                        new Disposition.Detail("unknown_probe", TestProbes.ID.toString())));
        assertThat(lab.ledger.counters()).isEqualTo(Map.of(ReturnDesk.UNKNOWN, 1L));
    }

    @Test
    void a_forged_return_is_refused_counted_and_changes_nothing() {
        ProbeId id = lab.send();
        String stranger = TestProbes.signer("stranger")
                .sign(TestProbes.signer("monitor")
                        .state(id, TestProbes.TARGET, TestProbes.RETURN, TestProbes.SENT, TestProbes.VALIDITY));
        Disposition disposition =
                lab.receive("Mailsonar-Return: 1; id=" + id + "\r\nMailsonar-Probe: " + stranger + "\r\n\r\n");
        assertThat(disposition).isEqualTo(new Disposition.Unwanted("the signature of the probe token is wrong"));
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.InFlight());
        assertThat(lab.ledger.counters()).isEqualTo(Map.of(ReturnDesk.STRANGERS, 1L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Subject: hello\n\nhello\n", "Mailsonar-Return: 1\n\n", "\0\0\0", "Mailsonar-Probe: a.b\n"})
    void a_strangers_mail_is_refused_and_counted(String message) {
        assertThat(lab.receive(message).name()).isEqualTo("unwanted");
        assertThat(lab.receive(message).name()).isEqualTo("unwanted");
        assertThat(lab.ledger.counters()).isEqualTo(Map.of(ReturnDesk.STRANGERS, 2L));
    }

    @Test
    void a_probe_that_comes_here_without_having_been_returned_is_refused() {
        ProbeId id = lab.send();
        assertThat(lab.receive(lab.lastSent()))
                .isEqualTo(new Disposition.Unwanted(
                        "probe " + id + " came here without having been returned by a reflector"));
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.InFlight());
    }

    @Test
    void a_stamped_subject_suffices_where_the_mark_was_stripped() {
        ProbeId id = lab.send();
        lab.clock.pass(TRIP);
        String stamped = lab.lastSent().replace("probe " + id, "probe " + id + " [received 2026-11-21T01:02:03.456Z]");
        assertThat(lab.receive(stamped).name()).isEqualTo("accepted");
        assertThat(trip(id).time()).isEqualTo(TRIP);
        assertThat(lab.probe(id).evidence()).isNull();
    }

    @Test
    void what_the_reflectors_mark_says_names_no_other_probe() {
        ProbeId one = lab.send();
        ProbeId other = lab.send();
        lab.receive(lab.returnOfLast(one)); // the token inside is the other's
        assertThat(lab.outcome(one)).isEqualTo(new Outcome.InFlight());
        assertThat(lab.outcome(other)).isInstanceOf(Outcome.Returned.class);
    }

    @Test
    void in_trouble_with_the_ledger_a_return_comes_again_and_the_first_time_counts() throws SQLException {
        ProbeId id = lab.send();
        lab.clock.pass(TRIP);
        String message = lab.returnOfLast(id);
        try (Connection connection = DriverManager.getConnection(RoundTripLab.url(directory));
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE probe RENAME TO away");
            Disposition disposition = lab.receive(message);
            assertThat(disposition).isInstanceOf(Disposition.Deferred.class);
            assertThat(disposition.text()).startsWith("database ").doesNotContain("\n");
            statement.execute("ALTER TABLE away RENAME TO probe");
        }
        lab.clock.pass(Duration.ofMinutes(5));
        assertThat(lab.receive(message).name()).isEqualTo("accepted");
        assertThat(trip(id).time()).isEqualTo(TRIP);
    }

    @Test
    void in_trouble_with_the_ledger_a_strangers_mail_comes_again() {
        Ledger closed = Stores.open(RoundTripLab.url(directory));
        closed.close();
        assertThat(lab.desk(closed).handle(lab.mail("Subject: hello\n\n"))).isInstanceOf(Disposition.Deferred.class);
    }

    private RoundTrip trip(ProbeId id) {
        return switch (lab.outcome(id)) {
            case Outcome.Returned(RoundTrip trip) -> trip;
            case Outcome.Late(RoundTrip trip) -> trip;
            case Outcome other -> throw new AssertionError(other.name());
        };
    }

    private static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
