package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.ProbeRecord;

/** The contract on SQLite, and what is SQLite's own. */
class SqliteLedgerTest extends LedgerContract {

    @TempDir
    private Path directory;

    @Override
    Ledger open() {
        return Stores.open("jdbc:sqlite:" + file());
    }

    private Path file() {
        return directory.resolve("var/deep/mailsonar.db");
    }

    @Test
    void a_commit_is_written_ahead_and_synchronized_in_full() throws SQLException {
        try (SqliteDatabase database = SqliteDatabase.open(file(), SqliteDatabase.settings(Duration.ofSeconds(5)));
                Connection connection = database.forWriting().getConnection()) {
            assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(connection, "synchronous")).isEqualTo("2");
            assertThat(pragma(connection, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(connection, "busy_timeout")).isEqualTo("5000");
        }
    }

    @Test
    void a_reader_does_not_wait_for_a_writer() throws SQLException {
        try (Ledger ledger = open();
                Connection writer = connect()) {
            ProbeRecord probe = Probes.leaving();
            ledger.enter(probe);
            execute(writer, "BEGIN IMMEDIATE");
            execute(writer, "UPDATE probe SET outcome = 'lost', ended_micros = 0");
            assertThat(ledger.find(probe.id())).contains(probe);
            execute(writer, "ROLLBACK");
        }
    }

    @Test
    void a_database_that_lost_its_write_ahead_log_gets_it_again() throws SQLException {
        Path copy = directory.resolve("copy.db");
        try (Connection connection = connect()) {
            execute(connection, "VACUUM INTO '" + copy + "'");
        }
        Stores.open("jdbc:sqlite:" + copy).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
            assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
        }
    }

    @Test
    void the_newest_schema_is_the_last_migration() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/migration"))) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .hasSize(Schema.NEWEST)
                    .anyMatch(name -> name.startsWith("V" + Schema.NEWEST + "__"));
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.getString(1);
        }
    }
}
