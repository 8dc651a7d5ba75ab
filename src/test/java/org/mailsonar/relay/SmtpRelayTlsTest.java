package org.mailsonar.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.relay.Transmission.Accepted;
import org.mailsonar.relay.Transmission.Deferred;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.SmtpScript;
import org.mailsonar.testing.TestCertificates;

/** STARTTLS, TLS from the first byte, and logging in. */
class SmtpRelayTlsTest {

    private static final String PASSWORD = "open sesame";
    private static final String PLAIN = "AUTH PLAIN " + base64("\0probe\0" + PASSWORD);

    @TempDir
    static Path directory;

    static SSLContext local;
    static SSLContext elsewhere;
    static String caOption;
    static String otherCaOption;

    @BeforeAll
    static void makeCertificates() throws Exception {
        TestCertificates authority = TestCertificates.authority(directory, "ours");
        local = authority.server("local", "dns:localhost,ip:127.0.0.1");
        elsewhere = authority.server("elsewhere", "dns:mail.elsewhere.test");
        caOption = "caFile=" + encoded(authority.caFile());
        otherCaOption = "caFile="
                + encoded(TestCertificates.authority(directory, "other").caFile());
    }

    @Test
    void starttls_is_used_and_ehlo_said_again() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        SmtpScript.offering("STARTTLS", "PIPELINING").encryptingAs(local));
                Relay relay = relay("smtp://127.0.0.1:", server, "starttls=require&" + caOption, null)) {
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(server.lines()).startsWith("EHLO [127.0.0.1]", "STARTTLS", "EHLO [127.0.0.1]");
            assertThat(server.connections()).isOne();
        }
    }

    @Test
    void tls_from_the_first_byte() throws IOException {
        try (ScriptedServer server = ScriptedServer.startTls(local, SmtpScript.offering("PIPELINING"));
                Relay relay = relay("smtps://localhost:", server, caOption, null)) {
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(server.connections()).isOne();
            assertThat(relay.describe()).isEqualTo("smtps://localhost:" + server.port());
        }
    }

    @Test
    void a_big_message_goes_through_tls_whole() throws IOException {
        String content = "0123456789abcdef\r\n".repeat(50_000);
        try (ScriptedServer server = ScriptedServer.startTls(local, SmtpScript.offering("PIPELINING"));
                Relay relay = relay("smtps://127.0.0.1:", server, caOption, null)) {
            assertThat(relay.send(Mails.mail(content))).isInstanceOf(Accepted.class);
            assertThat(Mails.text(server.messages().getFirst())).isEqualTo(content + ".\r\n");
        }
    }

    @Test
    void a_certificate_for_another_host_gets_no_mail() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.start(SmtpScript.offering("STARTTLS").encryptingAs(elsewhere));
                Relay relay = relay("smtp://127.0.0.1:", server, "starttls=auto&" + caOption, null)) {
            assertThat(relay.send(Mails.hello()))
                    .isInstanceOfSatisfying(
                            Deferred.class,
                            deferred -> assertThat(deferred.text())
                                    .contains("TLS failed: ")
                                    .contains("127.0.0.1"));
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void a_certificate_of_an_unknown_authority_gets_no_mail() throws IOException {
        for (String authorities : new String[] {"starttls=auto", "starttls=require&" + otherCaOption}) {
            try (ScriptedServer server =
                            ScriptedServer.start(SmtpScript.offering("STARTTLS").encryptingAs(local));
                    Relay relay = relay("smtp://127.0.0.1:", server, authorities, null)) {
                assertThat(relay.send(Mails.hello()))
                        .isInstanceOfSatisfying(
                                Deferred.class,
                                deferred -> assertThat(deferred.text())
                                        .contains("TLS failed: ")
                                        .contains("caFile"));
                assertThat(server.messages()).isEmpty();
            }
        }
    }

    @Test
    void without_the_offer_required_tls_is_deferred_and_automatic_tls_left_out() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering());
                Relay required = relay("smtp://127.0.0.1:", server, "starttls=require", null);
                Relay automatic = relay("smtp://127.0.0.1:", server, "starttls=auto", null)) {
            assertThat(required.send(Mails.hello()).text()).contains("does not offer STARTTLS");
            assertThat(server.lines()).containsExactly("EHLO [127.0.0.1]", "QUIT");
            assertThat(automatic.send(Mails.hello())).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void a_declined_starttls_is_deferred() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        SmtpScript.offering("STARTTLS").answering("STARTTLS", "454 4.7.0 not now"));
                Relay relay = relay("smtp://127.0.0.1:", server, "starttls=auto", null)) {
            assertThat(relay.send(Mails.hello()).text()).endsWith("454 4.7.0 not now (after STARTTLS)");
        }
    }

    @Test
    void replies_put_in_ahead_of_tls_end_the_connection() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("STARTTLS")
                        .encryptingAs(local)
                        .answering("STARTTLS", "220 ready\r\n250-injected\r\n250 AUTH PLAIN"));
                Relay relay = relay("smtp://127.0.0.1:", server, "user=probe&starttls=require&" + caOption, PASSWORD)) {
            assertThat(relay.send(Mails.hello())).isInstanceOf(Deferred.class);
            assertThat(server.lines()).doesNotContain(PLAIN);
        }
    }

    @Test
    void a_tls_handshake_that_hangs_is_deferred() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        SmtpScript.offering("STARTTLS").answering("STARTTLS", "220 ready", SmtpScript.HANG));
                Relay relay = relay("smtp://127.0.0.1:", server, "starttls=auto&replyTimeout=150ms", null)) {
            assertThat(relay.send(Mails.hello())).isInstanceOf(Deferred.class);
        }
    }

    @Test
    void plain_is_preferred_and_login_known() throws IOException {
        try (ScriptedServer plain = ScriptedServer.startTls(
                        local, SmtpScript.offering("AUTH LOGIN PLAIN").answering("AUTH", "235 2.7.0 welcome"));
                ScriptedServer login = ScriptedServer.start(SmtpScript.offering("AUTH=LOGIN")
                        .answering("AUTH", "334 VXNlcm5hbWU6")
                        .answering(base64("probe").toUpperCase(Locale.ROOT), "334 UGFzc3dvcmQ6")
                        .answering(base64(PASSWORD).toUpperCase(Locale.ROOT), "235 2.7.0 welcome"));
                Relay byPlain = relay("smtps://127.0.0.1:", plain, "user=probe&" + caOption, PASSWORD);
                Relay byLogin = relay("smtp://127.0.0.1:", login, "user=probe", PASSWORD)) {
            assertThat(byPlain.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(plain.lines()).contains(PLAIN);
            assertThat(byLogin.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(login.lines()).contains("AUTH LOGIN", base64("probe"), base64(PASSWORD));
        }
    }

    @Test
    void a_refused_login_is_deferred_and_its_text_holds_no_password() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("AUTH PLAIN")
                        .answering("AUTH", "535 5.7.8 bad: " + PASSWORD + " " + PLAIN.substring(11)));
                Relay relay = relay("smtp://127.0.0.1:", server, "user=probe", PASSWORD)) {
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(Deferred.unanswered(
                            "127.0.0.1:" + server.port() + ": login of 'probe' failed: 535 5.7.8 bad: *** ***"));
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void a_server_that_lets_nobody_log_in_gets_no_mail() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("AUTH CRAM-MD5"));
                Relay relay = relay("smtp://127.0.0.1:", server, "user=probe", PASSWORD)) {
            assertThat(relay.send(Mails.hello()).text()).contains("neither AUTH PLAIN nor AUTH LOGIN");
        }
    }

    @Test
    void a_password_leaves_over_tls_or_to_this_machine_only() {
        InetAddress remote = InetAddress.ofLiteral("192.0.2.1");
        assertThat(SmtpAuthentication.isConfidential(false, remote)).isFalse();
        assertThat(SmtpAuthentication.isConfidential(true, remote)).isTrue();
        assertThat(SmtpAuthentication.isConfidential(false, InetAddress.ofLiteral("127.0.1.1")))
                .isTrue();
        assertThat(SmtpAuthentication.isConfidential(false, InetAddress.ofLiteral("::1")))
                .isTrue();
    }

    @Test
    void a_ca_file_without_certificates_is_an_error_at_once() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        for (String file : new String[] {encoded(empty), encoded(directory.resolve("missing.pem"))}) {
            RelaySettings settings = RelaySettings.parse("smtps://mail.company.test?caFile=" + file, null);
            assertThatThrownBy(() -> settings.open())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("caFile ");
        }
    }

    private static Relay relay(String start, ScriptedServer server, String options, @Nullable String password) {
        return RelaySettings.parse(start + server.port() + "?" + options, password)
                .open();
    }

    private static String encoded(Path file) {
        return URLEncoder.encode(file.toString(), StandardCharsets.UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
