package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.testing.CapturedLog;

/** STARTTLS (RFC 3207): what it changes, and what a stranger on the wire cannot make of it. */
@Timeout(60)
class StartTlsTest {

    private static final String STARTTLS = "STARTTLS\r\n";

    private static final String INJECTED =
            "EHLO evil.test\r\nMAIL FROM:<evil@x.test>\r\nRCPT TO:<probe@company.test>\r\nDATA\r\nevil\r\n.\r\n";

    @SuppressWarnings("NullAway.Init")
    private static TlsSite site;

    @SuppressWarnings("NullAway.Init")
    private static SmtpListener listener;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        site = TlsSite.in(directory);
        listener = site.listen(ListenerProtocol.SMTP);
    }

    @AfterAll
    static void stop() {
        listener.close();
    }

    @Test
    void it_is_offered_before_tls_and_not_within() {
        try (var talk = SmtpConversation.with(listener)) {
            assertThat(talk.expect("220").say("EHLO client.test").reply()).contains("250-STARTTLS");
            talk.say("STARTTLS").expect("220 2.0.0");
            try (var secured = talk.handshake(site.client())) {
                assertThat(secured.say("EHLO client.test").reply())
                        .hasSizeGreaterThan(4)
                        .noneMatch(line -> line.contains("STARTTLS"));
                secured.say("STARTTLS").expect("503 5.5.1").say("NOOP").expect("250");
            }
        }
    }

    @Test
    void it_has_no_argument_and_is_never_demanded() throws InterruptedException {
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("x\r\n.\r\n").expect("250").say("STARTTLS now").expect("501 5.5.4");
            talk.say("NOOP").expect("250");
        }
        assertThat(content()).contains(" with ESMTP;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void mail_within_tls_arrives_and_its_trace_line_says_so(String version) throws InterruptedException {
        try (var talk = SmtpConversation.with(listener)
                        .expect("220")
                        .say("STARTTLS")
                        .expect("220");
                var secured = talk.handshake(site.client(), version)) {
            assertThat(secured.session().getProtocol()).isEqualTo(version);
            secured.say("EHLO secret.test").expect("250");
            deliver(secured, "MAIL FROM:<>");
            deliver(secured, "MAIL FROM:<> SMTPUTF8");
            secured.say("QUIT").expect("221").expectEnd();
        }
        assertThat(content())
                .startsWith("Received: from secret.test ([127.0.0.1])")
                .contains(" with ESMTPS;");
        assertThat(content()).contains(" with UTF8SMTPS;");
    }

    @Test
    void all_that_was_said_before_is_forgotten() {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.say("MAIL FROM:<>")
                    .expect("250")
                    .say("RCPT TO:<probe@company.test>")
                    .expect("250");
            talk.say("STARTTLS").expect("220");
            try (var secured = talk.handshake(site.client())) {
                secured.say("DATA").expect("503");
                secured.say("RCPT TO:<probe@company.test>").expect("503");
                secured.say("MAIL FROM:<>").expect("503 5.5.1 say EHLO first");
            }
        }
    }

    @Test
    void commands_before_it_in_the_same_packet_are_answered_in_clear() {
        try (var talk = SmtpConversation.with(listener)) {
            talk.expect("220").send("EHLO client.test\r\nNOOP\r\nSTARTTLS\r\n");
            talk.expect("250").expect("250 2.0.0 OK").expect("220 2.0.0");
            try (var secured = talk.handshake(site.client())) {
                secured.say("NOOP").expect("250");
            }
        }
    }

    static IntStream cuts() {
        return IntStream.rangeClosed(1, STARTTLS.length() + INJECTED.length());
    }

    /** Wherever the network cuts the stream, what is injected behind STARTTLS has no effect but the connection's end. */
    @ParameterizedTest
    @MethodSource("cuts")
    void clear_text_behind_it_is_never_executed(int cut) {
        site.received().clear();
        String attack = STARTTLS + INJECTED;
        try (var talk = SmtpConversation.with(listener)) {
            talk.expect("220").send(attack.substring(0, cut));
            if (cut >= STARTTLS.length()) {
                talk.expect("220 2.0.0");
            }
            try {
                talk.send(attack.substring(cut));
            } catch (UncheckedIOException ended) {
                assertThat(cut).isGreaterThan(STARTTLS.length());
            }
            assertThat(talk.rest()).doesNotContainPattern("(?m)^[2-5][0-9][0-9][ -](?!2\\.0\\.0 ready for TLS)");
        }
        assertThat(site.received()).isEmpty();
    }

    @Test
    void clear_text_byte_by_byte_is_not_executed_either() {
        try (var talk = SmtpConversation.with(listener)) {
            talk.expect("220");
            STARTTLS.chars().forEach(c -> talk.send(String.valueOf((char) c)));
            talk.expect("220 2.0.0");
            try {
                INJECTED.chars().forEach(c -> talk.send(String.valueOf((char) c)));
            } catch (UncheckedIOException ended) {
                assertThat(ended).hasMessageMatching(".*(reset|roken pipe).*");
            }
            assertThat(talk.rest()).doesNotContain("250", "500", "503");
        }
    }

    @Test
    void who_had_commands_injected_cannot_go_on_within_tls() {
        try (var talk = SmtpConversation.with(listener)) {
            talk.expect("220").send(STARTTLS + "NOOP\r\n").expect("220 2.0.0");
            assertThat(talk.rest()).isIn("", "(reset)");
        }
    }

    @Test
    void clear_text_in_place_of_a_handshake_makes_one_debug_line() {
        try (CapturedLog log = CapturedLog.of(SmtpListener.class.getPackage())) {
            try (var talk = SmtpConversation.with(listener)) {
                talk.expect("220").say("STARTTLS").expect("220").say("EHLO client.test");
                talk.rest();
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("DEBUG TLS with /127.0.0.1:")
                    .doesNotContain("stack trace");
        }
    }

    @Test
    void lmtp_has_it_too() throws InterruptedException {
        try (var lmtp = site.listen(ListenerProtocol.LMTP);
                var talk = SmtpConversation.with(lmtp)) {
            assertThat(talk.expect("220").say("LHLO client.test").reply()).contains("250-STARTTLS");
            talk.say("STARTTLS").expect("220");
            try (var secured = talk.handshake(site.client())) {
                secured.say("LHLO client.test").expect("250");
                deliver(secured, "MAIL FROM:<>");
            }
        }
        assertThat(content()).contains(" with LMTPS;");
    }

    private static void deliver(SmtpConversation talk, String mail) {
        talk.say(mail).expect("250").say("RCPT TO:<probe@company.test>").expect("250");
        talk.say("DATA").expect("354").send("x\r\n.\r\n").expect("250 2.0.0 thanks");
    }

    private static String content() throws InterruptedException {
        return new String(site.received().take().message().bytes(), StandardCharsets.ISO_8859_1);
    }
}
