package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.lab.NeedsPostgres;
import org.mailsonar.lab.PostgresLab;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.LedgerException;
import org.mailsonar.roundtrip.ProbeRecord;

/** Each trouble is real, and ends in one line that names the database, what is wrong and what to do; never a password. */
@NeedsPostgres
class PostgresTroubleIT {

    private final PostgresLab lab = PostgresLab.shared();

    @Test
    void nobody_listens_there() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            taken.close();
            assertTrouble(
                    "jdbc:postgresql://127.0.0.1:" + port + "/mail?user=m",
                    "s3cret",
                    "jdbc:postgresql://127.0.0.1:" + port + "/mail",
                    "cannot be reached (Connection refused); check that PostgreSQL runs there, and the URL");
        }
    }

    @Test
    void its_host_is_not_known() {
        assertTrouble(
                "jdbc:postgresql://db.invalid/mail?user=m",
                "s3cret",
                "jdbc:postgresql://db.invalid/mail",
                "its host is not known to the name service; check the URL");
    }

    @Test
    void it_hangs() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String place = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/mail";
            assertTrouble(
                    place + "?user=m&sslmode=disable&connectTimeout=1&loginTimeout=1&socketTimeout=1",
                    "s3cret",
                    place,
                    "does not answer in time; check the server and the network");
        }
    }

    @Test
    void the_password_is_wrong_or_missing() {
        assertTrouble(
                lab.url(),
                "s3cret",
                shown(lab.url()),
                "refuses the password of user mailsonar; put the right one where passwordFile or passwordEnv says");
        assertTrouble(
                lab.url(),
                null,
                shown(lab.url()),
                "asks for the password of user mailsonar; say passwordFile or passwordEnv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "sslpassword", "PASSWORD"})
    void a_password_in_the_url_is_refused_and_not_shown(String key) {
        assertThatThrownBy(() -> Stores.open("jdbc:postgresql://db.test/mail?user=m&" + key + "=s3cret"))
                .isInstanceOf(LedgerException.class)
                .hasMessageStartingWith("database jdbc:postgresql://db.test/mail: has a password in its URL")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://m:s3cret@db.test/mail",
                "jdbc:postgresql://db.test:s3cret/mail",
                "jdbc:postgresql://db.test/mail%s3cret"
            })
    void a_url_that_cannot_be_read_is_not_shown(String url) {
        assertThatThrownBy(() -> Stores.open(url))
                .isInstanceOf(LedgerException.class)
                .hasMessage("database jdbc:postgresql:…: cannot be read; write"
                        + " jdbc:postgresql://host:5432/database?user=name")
                .hasNoCause();
    }

    @Test
    void the_database_does_not_exist() {
        String url = lab.url("nowhere");
        assertTrouble(
                url,
                lab.password(),
                shown(url),
                "does not exist there; make it: CREATE DATABASE nowhere OWNER mailsonar");
    }

    @Test
    void a_user_who_may_not_make_tables() {
        String url = lab.newDatabase().replace("user=mailsonar", "user=guest");
        lab.execute("CREATE USER guest PASSWORD 'guest of the lab'");
        String database = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
        assertTrouble(
                url,
                "guest of the lab",
                shown(url),
                "user guest lacks a right (permission denied for schema public); make it the owner: ALTER DATABASE "
                        + database + " OWNER TO guest");
        lab.execute("ALTER DATABASE " + database + " OWNER TO guest");
        Stores.open(url, "guest of the lab").close();
    }

    @Test
    void a_database_of_another_program_is_left_alone() {
        String url = lab.newDatabase();
        lab.execute(url, "CREATE TABLE diary (day TEXT)");
        assertTrouble(url, lab.password(), shown(url), "belongs to another program; name another database");
    }

    @Test
    void a_newer_schema_is_left_alone() {
        String url = lab.newDatabase();
        Stores.open(url, lab.password()).close();
        lab.execute(
                url,
                "INSERT INTO schema_history SELECT 700, '700', 'future', type, script, checksum, installed_by,"
                        + " installed_on, execution_time, success FROM schema_history WHERE version = '1'");
        assertTrouble(
                url,
                lab.password(),
                shown(url),
                "was written by a newer Mailsonar (schema 700, this one knows " + Schema.NEWEST
                        + "); run the newer one, or name another database");
    }

    @Test
    void a_database_that_takes_no_writes_says_so_and_what_was_entered_stays() {
        String url = lab.newDatabase();
        try (Ledger ledger = Stores.open(url, lab.password())) {
            ProbeRecord probe = Probes.leaving();
            ledger.enter(probe);
            lab.execute("ALTER DATABASE " + name(url) + " SET default_transaction_read_only = on");
            lab.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name(url) + "'");
            assertThatThrownBy(() -> enterTwice(ledger)).hasMessageContaining("takes no writes");
            assertThat(ledger.find(probe.id())).contains(probe);
        }
    }

    /** The first meets the session that was ended, the second a new one. */
    private static void enterTwice(Ledger ledger) {
        try {
            ledger.enter(Probes.leaving());
        } catch (LedgerException ended) {
            assertThat(ended).hasMessageNotContaining("takes no writes");
        }
        ledger.enter(Probes.leaving());
    }

    @Test
    void a_server_that_stops_is_named_and_used_again_when_it_is_back() throws IOException {
        try (PostgresLab own = PostgresLab.start();
                Ledger ledger = Stores.open(own.url(), own.password())) {
            ProbeRecord probe = Probes.leaving();
            ledger.enter(probe);
            own.stop();
            assertThatThrownBy(() -> ledger.enter(Probes.leaving()))
                    .isInstanceOf(LedgerException.class)
                    .hasMessageStartingWith("database " + shown(own.url()) + ": ")
                    .hasMessageNotContaining("\n");
            own.startAgain();
            ledger.enter(Probes.leaving());
            own.kill();
            assertThatThrownBy(() -> ledger.find(probe.id())).isInstanceOf(LedgerException.class);
            own.startAgain();
            assertThat(ledger.find(probe.id())).contains(probe);
        }
    }

    @Test
    void a_server_that_hangs_is_given_up_and_used_again_when_it_goes_on() throws IOException {
        try (PostgresLab own = PostgresLab.start();
                Ledger ledger = Stores.open(own.url() + "&socketTimeout=1", own.password())) {
            ledger.enter(Probes.leaving());
            own.freeze();
            assertThatThrownBy(() -> ledger.enter(Probes.leaving())).isInstanceOf(LedgerException.class);
            own.thaw();
            ProbeRecord probe = Probes.leaving();
            ledger.enter(probe);
            assertThat(ledger.find(probe.id())).contains(probe);
        }
    }

    private static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    }

    private static String shown(String url) {
        return url.substring(0, url.indexOf('?'));
    }

    private static void assertTrouble(String url, @Nullable String password, String shown, String whatAndRemedy) {
        assertThatThrownBy(() -> Stores.open(url, password))
                .isInstanceOf(LedgerException.class)
                .hasMessage("database " + shown + ": " + whatAndRemedy);
    }
}
