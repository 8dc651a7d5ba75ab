package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** What becomes of a database of the first version. */
abstract class MigrationContract {

    private static final String ID = "01M7XSZT60PVBS65VVH4943GH";
    private static final Instant SENT = Instant.ofEpochSecond(1_795_000_000);

    /** An empty database. */
    abstract DataSource dataSource();

    /** Opens it as the program does. */
    abstract Store open();

    @Test
    void old_probes_stay_what_they_were() throws SQLException {
        Flyway.configure()
                .dataSource(dataSource())
                .table("schema_history")
                .target("1")
                .load()
                .migrate();
        execute(
                "INSERT INTO probe (id, target, address, vantage, sent_micros, timeout_nanos, deadline_micros, submission)"
                        + " VALUES " + values("1") + ", " + values("2") + ", " + values("3") + ", " + values("4"));
        execute("UPDATE probe SET outcome = 'lost' WHERE id = '" + ID + "2'");
        execute("UPDATE probe SET outcome = 'bounced', why = '5.1.1' WHERE id = '" + ID + "3'");
        execute("UPDATE probe SET outcome = 'returned', received_micros = 1795000001000000, clock = 'wall',"
                + " round_trip_nanos = 1000000000, resolution_nanos = 5, duplicates = 2, agent = 'mx1',"
                + " arrived_there_micros = 7 WHERE id = '" + ID + "4'");
        execute("INSERT INTO counter (name, amount) VALUES ('strangers', 42)");
        try (Store store = open()) {
            assertThat(find(store, "1").outcome()).isEqualTo(new Outcome.InFlight());
            assertThat(find(store, "1").ended()).isNull();
            assertThat(find(store, "2").ended()).isEqualTo(SENT.plusSeconds(600));
            assertThat(find(store, "3").outcome()).isEqualTo(new Outcome.Bounced("5.1.1"));
            assertThat(find(store, "4"))
                    .isEqualTo(new ProbeRecord(
                            new ProbeId(ID + "4"),
                            "company",
                            Probes.leaving().address(),
                            "sydney",
                            "",
                            false,
                            SENT,
                            Duration.ofMinutes(10),
                            Duration.ofMinutes(10),
                            "250 ok",
                            new Outcome.Returned(new RoundTrip(
                                    SENT.plusSeconds(1),
                                    Duration.ofSeconds(1),
                                    RoundTrip.Clock.WALL,
                                    Duration.ofNanos(5))),
                            SENT.plusSeconds(1),
                            null,
                            2,
                            new ProbeRecord.Evidence(Instant.ofEpochSecond(0, 7_000), "mx1")));
            assertThat(store.ledger().counters()).containsEntry("strangers", 42L);
            assertThat(store.ledger().overdue("sydney", "m1", SENT.plusSeconds(601)))
                    .hasSize(1);
            assertThat(store.ledger().end(new ProbeId(ID + "1"), new Outcome.Lost(), Probes.START))
                    .isPresent();
        }
    }

    private static String values(String last) {
        return "('" + ID + last + "', 'company', 'Webscout@company.test', 'sydney', 1795000000000000, 600000000000,"
                + " 1795000600000000, '250 ok')";
    }

    private static ProbeRecord find(Store store, String last) {
        return store.ledger().find(new ProbeId(ID + last)).orElseThrow();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
