package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.lab.Poll;
import org.mailsonar.testing.CapturedLog;

/** TLS from the first byte on, and the same dialogue within. */
@Timeout(60)
class SmtpsTest {

    @SuppressWarnings("NullAway.Init")
    private static TlsSite site;

    @BeforeAll
    static void issue(@TempDir Path directory) throws Exception {
        site = TlsSite.in(directory);
    }

    @Test
    void the_greeting_comes_within_tls_and_the_trace_line_says_so() throws InterruptedException {
        try (var listener = site.listen(ListenerProtocol.SMTPS);
                var talk = SmtpConversation.secured(listener, site.client())) {
            assertThat(listener.describe()).isEqualTo("smtps://127.0.0.1:" + listener.port());
            talk.expect("220 mx.company.test ESMTP").say("STARTTLS").expect("503 5.5.1");
            assertThat(talk.say("EHLO client.test").reply()).noneMatch(line -> line.contains("STARTTLS"));
            deliver(talk);
            talk.say("QUIT").expect("221").expectEnd();
        }
        assertThat(new String(site.received().take().message().bytes(), StandardCharsets.ISO_8859_1))
                .contains(" with ESMTPS;");
    }

    @Test
    void a_whole_dialogue_in_one_write_is_answered_in_order() {
        String mail = "MAIL FROM:<>\r\nRCPT TO:<probe@company.test>\r\nDATA\r\n" + "y\r\n".repeat(50_000) + ".\r\n";
        try (var listener = site.listen(ListenerProtocol.SMTPS);
                var talk = SmtpConversation.secured(listener, site.client())) {
            talk.send("EHLO client.test\r\n" + mail + mail + "QUIT\r\n")
                    .expect("220")
                    .expect("250");
            for (int i = 0; i < 2; i++) {
                talk.expect("250 2.1.0").expect("250 2.1.5").expect("354").expect("250 2.0.0 thanks");
            }
            talk.expect("221").expectEnd();
        }
    }

    @Test
    void a_client_that_sends_much_and_reads_late_gets_every_reply() throws InterruptedException {
        int commands = 100_000;
        ListenerLimits limits = ListenerLimits.STANDARD;
        limits = limits.withSession(limits.session().withCommands(2 * commands));
        try (var listener = site.listen(site.settings(ListenerProtocol.SMTPS).limitedBy(limits));
                var talk = SmtpConversation.secured(listener, site.client())) {
            talk.expect("220");
            Thread sender = Thread.startVirtualThread(() ->
                    IntStream.range(0, 100).forEach(i -> talk.send("NOOP\r\n".repeat(commands / 100))));
            IntStream.range(0, commands).forEach(i -> talk.expect("250 2.0.0"));
            sender.join();
            talk.say("QUIT").expect("221").expectEnd();
        }
    }

    @Test
    void who_closes_his_side_early_still_gets_the_replies() {
        try (var listener = site.listen(ListenerProtocol.SMTPS);
                var talk = SmtpConversation.secured(listener, site.client())) {
            talk.expect("220").send("EHLO client.test\r\nMAIL FROM:<>\r\nRCPT TO:<probe@company.test>\r\nDATA\r\n");
            talk.expect("250").expect("250").expect("250").expect("354");
            talk.send("x\r\n.\r\n").endInput().expect("250 2.0.0").expectEnd();
        }
    }

    @Test
    void closing_tells_the_clients_within_tls() {
        SmtpListener listener = site.listen(ListenerProtocol.SMTPS);
        try (var talk = SmtpConversation.secured(listener, site.client()).expect("220")) {
            listener.close();
            talk.expect("421 4.3.2").expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EHLO client.test\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "\u0016\u0003\u0001\u0000\u0004\u0001\u0000\u0000\u0000",
                "\0\0\0\0\0\0"
            })
    void what_is_no_handshake_gets_no_reply_and_makes_one_debug_line(String garbage) {
        try (var listener = site.listen(ListenerProtocol.SMTPS);
                CapturedLog log = CapturedLog.of(SmtpListener.class.getPackage());
                var talk = SmtpConversation.with(listener)) {
            assertThat(talk.send(garbage).rest()).doesNotContain("220");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("DEBUG TLS with /127.0.0.1:")
                    .doesNotContain("stack trace");
        }
    }

    @Test
    void a_client_that_goes_away_within_the_handshake_makes_one_debug_line() {
        try (var listener = site.listen(ListenerProtocol.SMTPS);
                CapturedLog log = CapturedLog.of(SmtpListener.class.getPackage())) {
            SmtpConversation.with(listener).send("\u0016\u0003\u0001").close();
            Poll.until("the debug line", () -> !log.lines().isEmpty());
            try (var next = SmtpConversation.secured(listener, site.client())) {
                next.expect("220");
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("DEBUG TLS with ")
                    .doesNotContain("stack");
        }
    }

    @Test
    void those_that_fail_leave_room_for_those_that_come() {
        try (var listener = site.listen(site.settings(ListenerProtocol.SMTPS).withMaxConnections(3))) {
            for (int i = 0; i < 20; i++) {
                try (var talk = SmtpConversation.with(listener)) {
                    talk.send("EHLO client.test\r\n").rest();
                }
            }
            try (var talk = SmtpConversation.secured(listener, site.client())) {
                talk.expect("220 mx.company.test ESMTP");
            }
        }
    }

    @Test
    void silent_clients_hold_up_nobodys_handshake() {
        List<SmtpConversation> silent = new ArrayList<>();
        try (var listener = site.listen(ListenerProtocol.SMTPS)) {
            IntStream.range(0, 50).forEach(i -> silent.add(SmtpConversation.with(listener)));
            try (var talk = SmtpConversation.secured(listener, site.client())) {
                talk.expect("220 mx.company.test ESMTP");
            }
            silent.forEach(SmtpConversation::close);
        }
    }

    @Test
    void a_client_that_is_silent_before_the_handshake_is_hung_up_on() {
        try (var listener = site.listen(ListenerProtocol.SMTPS);
                var talk = SmtpConversation.with(listener)) {
            talk.expectEnd();
        }
    }

    @Test
    void a_client_that_is_silent_within_tls_is_told_421() {
        try (var listener = site.listen(site.settings(ListenerProtocol.SMTPS).withIdleLimit(Duration.ofMinutes(1)));
                var talk = SmtpConversation.secured(listener, site.client())) {
            talk.expect("220");
            site.pass(Duration.ofMinutes(2));
            talk.expect("421 4.4.2").expectEnd();
        }
    }

    @Test
    void a_handshake_has_ten_seconds_and_two_versions() {
        var handler = ListenerTls.open(site.files(), site.clock()).handler();
        assertThat(handler.getHandshakeTimeoutMillis()).isEqualTo(10_000);
        assertThat(handler.engine().getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    }

    @Test
    void it_needs_the_files_of_a_certificate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenerSettings.on("127.0.0.1", 0).speaking(ListenerProtocol.SMTPS, null))
                .withMessage("smtps needs the files of a certificate and its key");
    }

    private static void deliver(SmtpConversation talk) {
        talk.say("MAIL FROM:<>")
                .expect("250")
                .say("RCPT TO:<probe@company.test>")
                .expect("250");
        talk.say("DATA").expect("354").send("x\r\n.\r\n").expect("250 2.0.0 thanks");
    }
}
