package org.mailsonar.check.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.CheckResult.Step;
import org.mailsonar.check.TlsFacts;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.TestCertificates;
import org.mailsonar.testing.TestClock;
import org.mailsonar.time.TimeSource;

/** Encryption and certificates, good and bad. */
class TlsChecksTest {

    private static final Map<String, String> STARTTLS = Map.of(
            "smtp",
            "STARTTLS",
            "lmtp",
            "STARTTLS",
            "pop3",
            "STLS",
            "imap",
            "STARTTLS",
            "nntp",
            "STARTTLS",
            "ftp",
            "AUTH");

    @TempDir
    static Path directory;

    static TestCertificates authority;
    static Path caFile;
    static SSLContext good;
    static SSLContext elsewhere;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = TestCertificates.authority(directory, "ours");
        caFile = authority.caFile();
        good = authority.server("good", "dns:localhost,ip:127.0.0.1");
        elsewhere = authority.server("elsewhere", "dns:mail.elsewhere.test");
    }

    /** A server that offers STARTTLS. */
    private static Talk offering(String scheme) {
        Talk talk = Talk.of(scheme);
        return switch (scheme) {
            case "smtp" ->
                talk.answering("EHLO", "250-test.invalid\r\n250-AUTH PLAIN\r\n250 STARTTLS")
                        .answering("STARTTLS", "220 go");
            case "lmtp" ->
                talk.answering("LHLO", "250-test.invalid\r\n250 STARTTLS").answering("STARTTLS", "220 go");
            case "pop3" -> talk.answering("CAPA", "+OK\r\nSTLS\r\n.").answering("STLS", "+OK go");
            case "imap" ->
                talk.answering("CAPABILITY", "* CAPABILITY IMAP4rev1 STARTTLS SASL-IR AUTH=PLAIN\r\nTAG OK done")
                        .answering("AUTHENTICATE", "TAG OK in")
                        .answering("STARTTLS", "TAG OK go");
            case "nntp" ->
                talk.answering("CAPABILITIES", "101 list\r\nSTARTTLS\r\n.").answering("STARTTLS", "382 go");
            default ->
                talk.answering("FEAT", "211-list\r\n AUTH TLS\r\n211 end").answering("AUTH", "234 go");
        };
    }

    @Test
    void starttls_is_used_in_every_protocol_and_told_of() throws Exception {
        for (String scheme : STARTTLS.keySet()) {
            try (ScriptedServer server = ScriptedServer.start(offering(scheme).encryptingAs(good))) {
                CheckResult result = Checks.of(scheme, server.port())
                        .with(Security.REQUIRED)
                        .trusting(caFile)
                        .run();

                assertThat(result.state()).as(scheme + result).isEqualTo(State.GOOD);
                TlsFacts facts = Objects.requireNonNull(result.tls());
                assertThat(facts.version()).isEqualTo("TLSv1.3");
                assertThat(facts.names()).containsExactly("localhost", "127.0.0.1");
                assertThat(facts.subject()).isEqualTo("CN=good");
                assertThat(facts.issuer()).isEqualTo("CN=ours");
                assertThat(facts.chain()).isEqualTo(2);
                assertThat(result.steps()).extracting(Step::name).contains("TLS");
                assertThat(result.measures())
                        .anyMatch(measure -> measure.name().equals("certificate_days")
                                && measure.value() > 1
                                && measure.value() <= 2);
            }
        }
    }

    @Test
    void a_server_that_speaks_TLS_from_the_first_byte_is_looked_at() throws Exception {
        for (String scheme : List.of("smtps", "pop3s", "imaps")) {
            try (ScriptedServer server = ScriptedServer.startTls(good, Talk.of(scheme))) {
                CheckResult result = Checks.of(scheme + "://localhost:" + server.port() + "/?ip=4")
                        .as("webscout", "s3cret")
                        .trusting(caFile)
                        .run();

                assertThat(result.state()).as(scheme + result).isEqualTo(State.GOOD);
                assertThat(result.tls()).isNotNull();
            }
        }
    }

    @Test
    void what_is_wrong_with_a_certificate_is_told_with_the_remedy() throws Exception {
        SSLContext selfSigned = authority.selfSignedServer("self", "ip:127.0.0.1");
        TestCertificates stranger = TestCertificates.authority(directory, "stranger");
        Map<String, SSLContext> servers = Map.of(
                "expired on .*: renew it", authority.expiredServer("old", "ip:127.0.0.1"),
                "is not valid before .*: look at it, and at the clock.*",
                        authority.futureServer("soon", "ip:127.0.0.1"),
                "is for mail.elsewhere.test and not for this host: .*", elsewhere,
                "is self-signed and not known here: name it with caFile=FILE.*", selfSigned,
                "was signed by an authority that is not trusted here \\(CN=stranger\\): .*caFile=FILE.*",
                        stranger.server("theirs", "ip:127.0.0.1"));
        for (Map.Entry<String, SSLContext> one : servers.entrySet()) {
            try (ScriptedServer server = ScriptedServer.start(offering("smtp").encryptingAs(one.getValue()))) {
                Checks checks = Checks.of("smtp", server.port()).trusting(caFile);
                CheckResult demanded = checks.with(Security.REQUIRED).run();
                CheckResult tried = checks.run();

                assertThat(demanded.reason()).matches("the certificate " + one.getKey());
                assertThat(demanded.state()).isEqualTo(State.FAILING);
                assertThat(demanded.trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.CERTIFICATE));
                assertThat(Objects.requireNonNull(demanded.tls()).version()).isEqualTo("TLSv1.3");
                assertThat(Objects.requireNonNull(demanded.tls()).chain()).isPositive();
                assertThat(tried.state()).isEqualTo(State.WARNING);
                assertThat(tried.trouble()).isEqualTo(demanded.trouble());
                assertThat(server.lines())
                        .as("where it is demanded, nothing is said over such a connection")
                        .startsWith("EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]")
                        .endsWith("QUIT");
            }
        }
        try (ScriptedServer server = ScriptedServer.start(offering("smtp").encryptingAs(selfSigned))) {
            CheckResult result = Checks.of("smtp", server.port())
                    .with(Security.REQUIRED)
                    .trusting(authority.certificateFile("self"))
                    .run();

            assertThat(result.state()).as(result.toString()).isEqualTo(State.GOOD);
        }
    }

    @Test
    void a_certificate_that_is_trusted_itself_is_out_of_date_nevertheless() throws Exception {
        Map<String, SSLContext> servers = Map.of(
                "past", authority.expiredServer("past", "ip:127.0.0.1"),
                "coming", authority.futureServer("coming", "ip:127.0.0.1"));
        for (Map.Entry<String, SSLContext> one : servers.entrySet()) {
            try (ScriptedServer server = ScriptedServer.startTls(one.getValue(), Talk.of("imap"))) {
                CheckResult result = Checks.of("imaps", server.port())
                        .as("webscout", "s3cret")
                        .trusting(authority.certificateFile(one.getKey()))
                        .run();

                assertThat(result.trouble()).as(result.toString()).isEqualTo(new Trouble(Stage.TLS, Kind.CERTIFICATE));
                assertThat(server.lines()).as("no login is sent").isEmpty();
            }
        }
    }

    @Test
    void behind_a_bad_certificate_that_is_only_warned_of_a_dead_server_is_seen() throws Exception {
        Map<String, Kind> answers = Map.of(
                "550 5.7.1 no",
                Kind.REJECTED,
                "421 4.3.0 backend down",
                Kind.IMPOSTOR,
                "452 4.3.1 full",
                Kind.DEFERRED);
        for (Map.Entry<String, Kind> one : answers.entrySet()) {
            Talk talk = offering("smtp").answering("MAIL", one.getKey()).encryptingAs(elsewhere);
            try (ScriptedServer server = ScriptedServer.start(talk)) {
                CheckResult result = Checks.of("smtp", server.port()).run();

                assertThat(result.trouble())
                        .as(result.toString())
                        .isEqualTo(new Trouble(Stage.COMMAND, one.getValue()));
            }
        }
    }

    @Test
    void a_login_is_never_sent_where_the_certificate_is_bad() throws Exception {
        for (Security security : List.of(Security.IF_OFFERED, Security.REQUIRED)) {
            try (ScriptedServer server = ScriptedServer.start(offering("smtp").encryptingAs(elsewhere))) {
                CheckResult result = Checks.of("smtp", server.port())
                        .with(security)
                        .as("webscout", "s3cret")
                        .run();

                assertThat(result.state()).isEqualTo(State.FAILING);
                assertThat(result.trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.CERTIFICATE));
                assertThat(server.lines()).containsExactly("EHLO [127.0.0.1]", "STARTTLS");
            }
        }
    }

    @Test
    void a_certificate_that_is_a_failure_is_not_hidden_by_a_warning() throws Exception {
        for (String command : List.of("MAIL", "QUIT")) {
            Talk talk = Talk.of("smtp").answering(command, command.equals("MAIL") ? "450 4.2.0 later" : "250 what");
            try (ScriptedServer server = ScriptedServer.startTls(good, talk)) {
                CheckResult result = Checks.of("smtps", server.port())
                        .trusting(caFile)
                        .warning(21, 3)
                        .run();

                assertThat(result.state()).isEqualTo(State.FAILING);
                assertThat(result.trouble()).isEqualTo(new Trouble(Stage.RESULT, Kind.CERTIFICATE));
            }
        }
    }

    @Test
    void a_common_name_does_not_count() throws Exception {
        SSLContext old = authority.serverByCommonName("localhost");
        try (ScriptedServer server = ScriptedServer.startTls(old, Talk.of("imap"))) {
            CheckResult result = Checks.of("imaps://localhost:" + server.port() + "/?ip=4")
                    .trusting(caFile)
                    .run();

            assertThat(result.trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.CERTIFICATE));
            assertThat(result.reason()).contains("names no host");
        }
    }

    @Test
    void the_name_of_the_certificate_can_be_another_one_than_the_hosts() throws Exception {
        try (ScriptedServer server = ScriptedServer.startTls(elsewhere, Talk.of("smtp"))) {
            Checks checks = Checks.of("smtps", server.port()).trusting(caFile);

            assertThat(checks.expecting("mail.elsewhere.test").run().state()).isEqualTo(State.GOOD);
            assertThat(checks.run().trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.CERTIFICATE));
        }
    }

    @Test
    void a_certificate_that_ends_soon_is_a_warning_and_then_a_failure() throws Exception {
        try (ScriptedServer server = ScriptedServer.startTls(good, Talk.of("smtp"))) {
            Checks checks = Checks.of("smtps", server.port()).trusting(caFile);
            CheckResult soon = checks.warning(21, 1).run();
            CheckResult now = checks.warning(21, 3).run();

            assertThat(soon.state()).isEqualTo(State.WARNING);
            assertThat(soon.trouble()).isEqualTo(new Trouble(Stage.RESULT, Kind.CERTIFICATE));
            assertThat(soon.reason()).matches("the certificate ends in 1 day, on [0-9-]{10}: renew it");
            assertThat(now.state()).isEqualTo(State.FAILING);
        }
        try (ScriptedServer server = ScriptedServer.start(offering("smtp").encryptingAs(good))) {
            CheckResult tried = Checks.of("smtp", server.port())
                    .trusting(caFile)
                    .warning(21, 3)
                    .run();

            assertThat(tried.state()).isEqualTo(State.WARNING);
        }
    }

    @Test
    void a_broken_STARTTLS_is_not_a_missing_one() throws Exception {
        for (String scheme : STARTTLS.keySet()) {
            String refusal = scheme.equals("pop3") ? "-ERR no" : scheme.equals("imap") ? "TAG NO no" : "502 no";
            Talk turningDown = offering(scheme).answering(STARTTLS.get(scheme), refusal);
            Talk breaking = offering(scheme).with(STARTTLS.get(scheme), (session, answer) -> {
                session.say(answer);
                session.bytes(50); // of the handshake
                throw new IOException("as the script says");
            });
            for (Talk talk : List.of(turningDown, breaking)) {
                try (ScriptedServer server = ScriptedServer.start(talk)) {
                    Checks checks = Checks.of(scheme, server.port());
                    CheckResult tried = checks.run();
                    CheckResult demanded = checks.with(Security.REQUIRED).run();

                    assertThat(tried.state()).as(scheme + tried).isEqualTo(State.WARNING);
                    assertThat(tried.trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.TLS_FAILED));
                    assertThat(demanded.state()).as(scheme + demanded).isEqualTo(State.FAILING);
                    assertThat(demanded.trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.TLS_FAILED));
                }
            }
        }
    }

    @Test
    void a_STARTTLS_that_is_turned_down_and_not_demanded_does_not_keep_one_from_looking_further() throws Exception {
        Talk talk = offering("smtp").answering("STARTTLS", "454 4.7.0 not now").answering("MAIL", "550 no");
        try (ScriptedServer server = ScriptedServer.start(talk)) {
            assertThat(Checks.of("smtp", server.port()).run().trouble())
                    .isEqualTo(new Trouble(Stage.COMMAND, Kind.REJECTED));
        }
    }

    @Test
    void what_comes_before_TLS_begins_is_never_taken_for_a_reply() throws Exception {
        for (String scheme : STARTTLS.keySet()) {
            Talk injected = offering(scheme).with(STARTTLS.get(scheme), (session, answer) -> {
                session.say(answer + "250 put in by someone in between\r\n");
                session.hang();
            });
            try (ScriptedServer server = ScriptedServer.start(injected)) {
                CheckResult result = Checks.of(scheme, server.port()).run();

                assertThat(result.state()).isEqualTo(State.FAILING);
                assertThat(result.trouble()).as(scheme).isEqualTo(new Trouble(Stage.TLS, Kind.NONSENSE));
                assertThat(result.reason()).contains("CVE-2011-0411");
            }
        }
    }

    @Test
    void a_server_without_TLS_at_a_port_for_it_is_told() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Talk.of("imap"))) {
            CheckResult result =
                    Checks.of("imaps", server.port()).trusting(caFile).run();

            assertThat(result.state()).isEqualTo(State.FAILING);
            assertThat(result.trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.TLS_FAILED));
        }
    }

    @Test
    void a_server_that_never_ends_its_handshake_ends_the_check_in_time() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(session -> session.hang())) {
            CheckResult result = Checks.of("imaps", server.port())
                    .within(Duration.ofMillis(300))
                    .run();

            assertThat(result.trouble()).isEqualTo(new Trouble(Stage.TLS, Kind.TIME_OUT));
            assertThat(result.reason()).isEqualTo("no agreement on TLS within 300 ms");
        }
    }

    @Test
    void encryption_is_left_out_where_that_is_told() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(offering("smtp"))) {
            CheckResult result =
                    Checks.of("smtp", server.port()).with(Security.NONE).run();

            assertThat(result.state()).isEqualTo(State.GOOD);
            assertThat(server.lines()).doesNotContain("STARTTLS");
        }
    }

    @Test
    void a_file_of_authorities_that_cannot_be_used_is_told_when_the_check_is_made() throws Exception {
        Path none = directory.resolve("none.pem");
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        for (Path file : List.of(none, empty)) {
            CheckSettings settings =
                    Checks.of("smtp://localhost").trusting(file).settings();
            assertThatThrownBy(() -> ProtocolChecks.of(settings, TimeSource.system()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("caFile " + file + " cannot be read as certificates in PEM: ");
        }
    }

    /** It would be, were the session of the first connection taken up again by the second. */
    @Test
    void a_certificate_is_judged_again_a_moment_later() throws Exception {
        TestClock clock = new TestClock(Instant.now());
        TlsDoor door = new TlsDoor(
                Checks.of("smtps://localhost").trusting(caFile).settings().tls(), clock);
        try (ScriptedServer server = ScriptedServer.startTls(good, Talk.of("smtps"))) {
            visit(door, server.port());
            clock.pass(Duration.ofDays(3));

            assertThatThrownBy(() -> visit(door, server.port()))
                    .satisfies(failure -> assertThat(TlsDoor.rejection(failure))
                            .hasMessageStartingWith("the certificate expired on "));
        }
    }

    /** Reads the greeting too: what a session is resumed by comes with it. */
    private static void visit(TlsDoor door, int port) throws IOException {
        try (Socket plain = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
                SSLSocket encrypted = door.over(plain, "localhost", port)) {
            assertThat(encrypted.getInputStream().read()).isEqualTo('2');
        }
    }
}
