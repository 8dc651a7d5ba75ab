package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailsonar.roundtrip.Attendance;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** What every database must do with what is too old. */
abstract class TidyContract extends StoreContract {

    private static final Instant OLD = Instant.parse("2026-01-01T10:00:00Z");
    private static final Duration PROBES = Duration.ofDays(90);
    private static final Duration HOURS = Duration.ofDays(730);
    private static final Instant NOW = OLD.plus(PROBES).plus(Duration.ofDays(1));

    /** A connection to look inside. */
    abstract Connection connect() throws SQLException;

    @Test
    void old_probes_go_with_their_papers_and_young_ones_and_those_in_flight_stay() {
        ProbeRecord old = returned("a", OLD, Duration.ofSeconds(1));
        store.ledger().keep(old.id(), Ledger.Paper.WAY, "{}");
        ProbeRecord inFlight = entered("a", OLD);
        ProbeRecord young = returned("a", NOW.minus(PROBES), Duration.ofSeconds(1));
        assertThat(store.tidy(NOW, PROBES, HOURS)).isEqualTo(1);
        assertThat(other.tidy(NOW, PROBES, HOURS)).isZero();
        assertThat(other.ledger().find(old.id())).isEmpty();
        assertThat(other.ledger().papers(old.id())).isEmpty();
        assertThat(other.ledger().find(inFlight.id())).isPresent();
        assertThat(other.ledger().find(young.id())).isPresent();
    }

    @Test
    void hours_count_what_went_by_outcome_and_round_trip() throws SQLException {
        returned("a", OLD, Duration.ofMillis(40));
        returned("a", OLD.plusSeconds(1), Duration.ofMillis(300));
        returned("a", OLD.plusSeconds(2), Duration.ofMinutes(11));
        ended("a", OLD.plusSeconds(3), new Outcome.Lost());
        ended("a", OLD.plusSeconds(3), new Outcome.SendFailed("no"));
        returned("a", OLD.plusSeconds(3_600), Duration.ofSeconds(2));
        tidyAll();
        assertThat(
                        query(
                                "SELECT returned, late, lost, refused, send_failed, sum_nanos, min_nanos, max_nanos,"
                                        + " under_100_ms, under_300_ms, under_1_s, under_600_s, longer FROM hour ORDER BY hour LIMIT 1"))
                .containsExactly("2 1 1 0 1 660340000000 40000000 660000000000 1 0 1 0 1");
        assertThat(query("SELECT returned, under_3_s, hour FROM hour ORDER BY hour DESC LIMIT 1"))
                .containsExactly("1 1 " + (OLD.getEpochSecond() / 3_600 + 1));
    }

    @Test
    void an_hour_that_is_tidied_in_parts_is_counted_whole() throws SQLException {
        ended("a", OLD, new Outcome.Lost());
        tidyAll();
        returned("a", OLD.plusSeconds(1), Duration.ofMillis(40));
        tidyAll();
        returned("a", OLD.plusSeconds(2), Duration.ofMillis(20));
        ended("a", OLD.plusSeconds(3), new Outcome.Lost());
        tidyAll();
        ended("a", OLD.plusSeconds(4), new Outcome.Lost());
        tidyAll();
        assertThat(query("SELECT returned, lost, sum_nanos, min_nanos, max_nanos FROM hour"))
                .containsExactly("2 3 60000000 20000000 40000000");
    }

    @Test
    void monitors_that_tidy_at_once_count_each_probe_once() throws Exception {
        for (int i = 0; i < 1_200; i++) {
            returned("t" + i % 7, OLD.plusSeconds(i), Duration.ofMillis(5));
        }
        atOnce(6, number -> () -> {
            int removed = 1;
            while (removed > 0) {
                removed = turn(number).tidy(NOW, PROBES, HOURS);
            }
            return number;
        });
        tidyAll();
        assertThat(query("SELECT SUM(returned), SUM(under_100_ms) FROM hour")).containsExactly("1200 1200");
        assertThat(query("SELECT COUNT(*) FROM probe")).containsExactly("0");
    }

    @Test
    void old_hours_and_old_blindnesses_go() throws SQLException {
        returned("a", OLD, Duration.ofMillis(40));
        store.attendance().blind(new Attendance.Blindness("m1", "sydney", OLD, OLD.plusSeconds(9), "asleep"));
        tidyAll();
        assertThat(query("SELECT COUNT(*) FROM hour")).containsExactly("1");
        assertThat(query("SELECT COUNT(*) FROM blindness")).containsExactly("0");
        assertThat(store.tidy(OLD.plus(HOURS).plusSeconds(3_600), PROBES, HOURS))
                .isEqualTo(1);
        assertThat(query("SELECT COUNT(*) FROM hour")).containsExactly("0");
    }

    private void tidyAll() {
        int removed = 1;
        while (removed > 0) {
            removed = store.tidy(NOW, PROBES, HOURS);
        }
    }

    private ProbeRecord entered(String target, Instant sent) {
        ProbeRecord probe = Lives.probe(target, "sydney", sent);
        store.ledger().enter(probe);
        return probe;
    }

    private ProbeRecord returned(String target, Instant sent, Duration time) {
        ProbeRecord probe = entered(target, sent);
        store.ledger()
                .returned(
                        probe.id(),
                        new RoundTrip(sent.plus(time), time, RoundTrip.Clock.MONOTONIC, Duration.ZERO),
                        null);
        return probe;
    }

    private void ended(String target, Instant sent, Outcome outcome) {
        store.ledger().end(entered(target, sent).id(), outcome, sent.plusSeconds(600));
    }

    /** The rows, the values of each one with blanks between. */
    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getString(i));
                }
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }
}
