package org.mailsonar.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mailsonar.message.Envelope;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.SmtpScript;

/** What is kept of a dialogue. */
class TranscriptTest {

    private static final String PASSWORD = "correct horse";

    @Test
    void it_tells_who_said_what_and_not_the_content() throws IOException {
        String text = recorded(SmtpScript.offering("VRFY").answering("content", "250 2.0.0 queued as 4711"), "", null);
        assertThat(text)
                .startsWith("-- connected to 127.0.0.1 port ")
                .contains("\nS: 220 ", "\nC: EHLO [127.0.0.1]\n", "\nC: MAIL FROM:<probe@monitor.test>\n")
                .contains("\nC: RCPT TO:<webscout@company.test>\n", "\nC: DATA\n", "bytes of content and final dot\n")
                .endsWith("S: 250 2.0.0 queued as 4711\n")
                .doesNotContain("Hello");
    }

    @Test
    void it_ends_with_the_refusal() throws IOException {
        String text = recorded(SmtpScript.offering("PIPELINING").answering("RCPT", "451 4.7.1 greylisted"), "", null);
        assertThat(text).contains("\nS: 451 4.7.1 greylisted\n");
    }

    @Test
    void a_login_is_not_shown_even_when_the_server_repeats_it() throws IOException {
        String secret = Base64.getEncoder().encodeToString(("\0probe\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        String text = recorded(
                SmtpScript.offering("AUTH PLAIN").answering("AUTH", "235 2.7.0 welcome " + secret),
                "?user=probe",
                PASSWORD);
        assertThat(text)
                .contains("\n-- login, not shown\n-- answered with 235\n", "\nC: MAIL FROM")
                .doesNotContain(secret, PASSWORD);
    }

    @Test
    void a_kept_connection_is_recorded_for_each_message_anew() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering());
                Relay relay = Mails.relay(server)) {
            relay.send(Mails.hello());
            Transcript second = new Transcript();
            relay.send(mail(second));
            relay.send(Mails.hello());
            assertThat(second.text()).startsWith("-- over a kept connection to 127.0.0.1\nC: MAIL FROM");
            assertThat(second.text().split("MAIL FROM", -1)).hasSize(2);
        }
    }

    @Test
    void an_endless_talker_fills_it_only_so_far() {
        Transcript transcript = new Transcript();
        for (int i = 0; i < 1000; i++) {
            transcript.said(("x".repeat(5000) + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(transcript.text()).hasSizeBetween(5_000, 8_001);
    }

    private static String recorded(SmtpScript script, String options, @Nullable String password) throws IOException {
        Transcript transcript = new Transcript();
        try (ScriptedServer server = ScriptedServer.start(script);
                Relay relay = RelaySettings.parse("smtp://127.0.0.1:" + server.port() + options, password)
                        .open()) {
            relay.send(mail(transcript));
        }
        return transcript.text();
    }

    private static OutgoingMail mail(Transcript transcript) {
        return new OutgoingMail(
                Envelope.to(Mails.PROBE, Mails.WEBSCOUT), Mails.TEXT.getBytes(StandardCharsets.ISO_8859_1), transcript);
    }
}
