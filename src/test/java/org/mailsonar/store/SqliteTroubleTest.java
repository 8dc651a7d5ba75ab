package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.ProbeRecord;
import org.sqlite.SQLiteConfig;

/** Each trouble is real, and ends in one line that names the file, what is wrong and what to do. */
class SqliteTroubleTest {

    private static final String USER = System.getProperty("user.name");

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("mailsonar.db");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file:x.db",
                "jdbc:sqlite:x.db?synchronous=OFF",
                "mailsonar.db"
            })
    void what_is_no_file_of_sqlite_is_refused(String url) {
        assertThatThrownBy(() -> Stores.open(url))
                .isInstanceOf(LedgerException.class)
                .hasMessageEndingWith(": is not supported; write jdbc:sqlite: and the path of a file, such as"
                        + " jdbc:sqlite:var/mailsonar.db, or jdbc:postgresql://host:5432/database?user=name");
    }

    @Test
    void a_url_of_another_database_is_refused_without_its_password() {
        assertThatThrownBy(() -> Stores.open("jdbc:mysql://db.test/mail?user=m&password=secret"))
                .hasMessageStartingWith("database jdbc:mysql:…: is not supported; ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_directory_is_no_database() {
        assertTrouble(directory, "is a directory; name a file in it, such as " + file());
    }

    @Test
    void a_file_where_a_directory_should_be_is_named() throws IOException {
        Files.createFile(file());
        assertTrouble(file().resolve("below/x.db"), "its directory cannot be made; make it, or name another");
    }

    @Test
    void a_garbage_file_is_no_database() throws IOException {
        Files.writeString(file(), "Dear diary, ".repeat(1_000));
        assertTrouble(file(), "is not an SQLite database; name another file, or move this one away");
    }

    @Test
    void a_database_of_another_program_is_left_alone() throws SQLException {
        execute("CREATE TABLE diary (day TEXT)");
        assertTrouble(file(), "belongs to another program; name another file");
    }

    @Test
    void a_newer_schema_is_left_alone() throws SQLException {
        Stores.open(url()).close();
        execute(
                "INSERT INTO schema_history SELECT 7, '7', 'future', type, script, checksum, installed_by, installed_on,"
                        + " execution_time, success FROM schema_history WHERE version = '1'");
        assertTrouble(
                file(),
                "was written by a newer Mailsonar (schema 7, this one knows " + Schema.NEWEST
                        + "); run the newer one, or name another file");
    }

    @Test
    void a_damaged_database_is_said_to_be_damaged() throws Exception {
        try (Ledger ledger = Stores.open(url())) {
            for (int i = 0; i < 100; i++) {
                ledger.enter(Probes.leaving());
            }
        }
        byte[] bytes = Files.readAllBytes(file());
        Arrays.fill(bytes, 3 * 4_096, bytes.length, (byte) 0x5a);
        Files.write(file(), bytes);
        assertThatThrownBy(() -> {
                    try (Ledger ledger = Stores.open(url())) {
                        ledger.newestByTarget();
                    }
                })
                .hasMessage(line("is damaged; stop all programs that use it, then put back a copy, or move it away to"
                        + " begin anew"));
    }

    @Test
    void a_row_that_no_mailsonar_wrote_is_named() throws SQLException {
        ProbeRecord probe = Probes.leaving();
        try (Ledger ledger = Stores.open(url())) {
            ledger.enter(probe);
            execute("UPDATE probe SET address = 'nobody'");
            assertThatThrownBy(() -> ledger.find(probe.id()))
                    .isInstanceOf(LedgerException.class)
                    .hasMessage(line("failed: 'nobody' is no mail address: it has no @"));
        }
    }

    @Test
    void a_full_database_is_a_full_disk_and_what_was_entered_stays() {
        Stores.open(url()).close();
        SQLiteConfig settings = SqliteDatabase.settings(Duration.ofSeconds(5));
        settings.setMaxPageCount(1); // SQLite raises it to what the file has already
        ProbeRecord probe = Probes.leaving();
        try (Ledger ledger = new JdbcStore(SqliteDatabase.open(file(), settings)).ledger()) {
            ledger.enter(probe);
            assertThatThrownBy(() -> fill(ledger))
                    .isInstanceOf(LedgerException.class)
                    .hasMessage(line("the disk is full; free some space there"));
            assertThat(ledger.find(probe.id())).contains(probe);
        }
    }

    @Test
    void a_read_only_file_system_is_named() throws Exception {
        Stores.open(url()).close();
        assertThat(behind(readOnly()))
                .isEqualTo(line(
                        "cannot be opened; user " + USER + " needs read and write access to it and to its directory"));
    }

    @Test
    void a_database_that_may_be_read_but_not_written_is_named() throws Exception {
        try (Ledger ledger = Stores.open(url())) {
            ledger.count("so that the log is there to be read");
            assertThat(behind(readOnly()))
                    .isEqualTo(line("is read-only for user " + USER
                            + "; give write access to the file and its directory, or name another"));
        }
    }

    @Test
    void a_new_database_on_a_read_only_file_system_is_named() throws Exception {
        assertThat(behind("mount -t tmpfs -o ro none '" + directory + "'"))
                .isEqualTo(line(
                        "cannot be opened; user " + USER + " needs read and write access to it and to its directory"));
    }

    @Test
    void a_full_file_system_is_named() throws Exception {
        assertThat(behind("mount -t tmpfs -o size=256k none '" + directory + "'"))
                .isEqualTo(line("the disk is full; free some space there"));
    }

    @Test
    void a_library_that_cannot_be_unpacked_is_named() throws Exception {
        try (LedgerChild child = LedgerChild.start("open", file(), "-Dorg.sqlite.tmpdir=/dev/null/none")) {
            assertThat(child.rest().getLast())
                    .isEqualTo(line("SQLite's library cannot be loaded; set"
                            + " -Dorg.sqlite.tmpdir to a directory that is writable and not noexec"));
        }
    }

    private String readOnly() {
        return "mount --bind '" + directory + "' '" + directory + "' && mount -o remount,bind,ro '" + directory + "'";
    }

    private static void fill(Ledger ledger) {
        for (int i = 0; i < 10_000; i++) {
            ledger.enter(Probes.leaving());
        }
    }

    /** The last line of a child that enters probes after a mount; without the right to mount the test is skipped. */
    private String behind(String mount) throws Exception {
        assumeTrue(mayMount(), "needs the right to mount");
        try (LedgerChild child = LedgerChild.startBehind(mount, "enter", file())) {
            return child.rest().getLast();
        }
    }

    private static boolean mayMount() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private String url() {
        return "jdbc:sqlite:" + file();
    }

    private String line(String whatAndRemedy) {
        return "database " + file() + ": " + whatAndRemedy;
    }

    private static void assertTrouble(Path database, String whatAndRemedy) {
        assertThatThrownBy(() -> Stores.open("jdbc:sqlite:" + database))
                .isInstanceOf(LedgerException.class)
                .hasMessage("database " + database + ": " + whatAndRemedy);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
