package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.SmtpScript;

/** {@code mailsonar reflector --check} tries everything and serves nothing. */
class ReflectorCheckIT {

    @TempDir
    private Path directory;

    private ReflectorSite site;

    @BeforeEach
    void prepare() throws IOException {
        site = ReflectorSite.in(directory);
    }

    @AfterEach
    void end() {
        site.close();
    }

    @Test
    void when_all_is_good_each_thing_is_a_line_and_the_status_0() {
        try (Program check = check()) {
            assertThat(check.status()).as(check.toString()).isZero();
            assertThat(check.output().lines())
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo("ok   configuration " + site.file()),
                            line -> assertThat(line)
                                    .matches("ok   key [0-9a-f]{16} for returns to \\[\\*@monitor\\.test]"),
                            line -> assertThat(line)
                                    .isEqualTo("ok   relay smtp://127.0.0.1:"
                                            + site.nextHop().port()),
                            line -> assertThat(line).isEqualTo("ok   listen smtp://127.0.0.1:" + site.port()),
                            line -> assertThat(line).isEqualTo("ok   metrics http://127.0.0.1:" + site.metricsPort()));
            assertThat(check.errors()).isEmpty();
            assertThat(site.nextHop().waiting()).as("no mail was sent").isZero();
        }
    }

    @Test
    void a_relay_is_greeted_and_left_without_a_mail() throws IOException {
        try (ScriptedServer relay = ScriptedServer.start(SmtpScript.offering("PIPELINING"))) {
            site.configure(site.good().replace(":" + site.nextHop().port(), ":" + relay.port()));
            try (Program check = check()) {
                assertThat(check.status()).as(check.toString()).isZero();
                assertThat(relay.lines()).containsExactly("EHLO [127.0.0.1]", "QUIT");
            }
        }
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        site.nextHop().close();
        try (Program _ = busy()) {
            try (Program check = check()) {
                assertThat(check.status()).isEqualTo(2);
                assertThat(lines(check))
                        .anyMatch(line -> line.startsWith("FAIL relay smtp://127.0.0.1:"
                                        + site.nextHop().port() + ": ")
                                && line.contains("cannot connect"))
                        .anyMatch(line -> line.startsWith("FAIL listen smtp://127.0.0.1:" + site.port() + ": ")
                                && line.endsWith("is the reflector running already?"))
                        .anyMatch(line -> line.startsWith("FAIL metrics "))
                        .hasSize(5);
            }
        }
    }

    @Test
    void a_login_that_is_refused_is_told_and_the_password_is_not() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "hunter2\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        SmtpScript refusing = SmtpScript.offering("AUTH PLAIN LOGIN").answering("AUTH", "535 5.7.8 who are you?");
        try (ScriptedServer relay = ScriptedServer.start(refusing)) {
            site.configure(site.good()
                    .replaceAll(
                            "(?m)^relay: .*$",
                            "relay: {url: 'smtp://127.0.0.1:" + relay.port()
                                    + "?user=probe', passwordFile: password}"));
            try (Program check = check()) {
                assertThat(check.status()).isEqualTo(2);
                assertThat(lines(check)).anyMatch(line -> line.startsWith("FAIL relay ") && line.contains("535 5.7.8"));
                assertThat(check.output() + check.errors()).doesNotContain("hunter2");
            }
        }
    }

    @Test
    void a_sendmail_that_is_missing_is_told() {
        site.configure(site.good().replaceAll("(?m)^relay: .*$", "relay: sendmail:/nowhere/sendmail"));
        try (Program check = check()) {
            assertThat(check.status()).isEqualTo(2);
            assertThat(lines(check))
                    .contains(
                            "FAIL relay sendmail:/nowhere/sendmail: sendmail:/nowhere/sendmail: there is no such program,"
                                    + " or it may not be run");
        }
    }

    @Test
    void a_file_that_is_wrong_is_one_line() {
        site.configure(site.good().replace("monitor.pub", "none.pub"));
        try (Program check = check()) {
            assertThat(check.status()).isEqualTo(2);
            assertThat(lines(check))
                    .singleElement()
                    .asString()
                    .startsWith("FAIL configuration: " + site.file() + ":4: trust[0].key: key file ");
        }
    }

    /** A reflector that has the ports; its relay need not work. */
    private Program busy() {
        return site.start();
    }

    private static Stream<String> lines(Program program) {
        return program.output().lines();
    }

    private Program check() {
        Program check = Program.start(
                InstalledTree.environment(),
                Stream.concat(Stream.of(site.command()), Stream.of("--check")).toArray(String[]::new));
        check.status();
        return check;
    }
}
