package org.mailsonar.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.relay.Transmission.Deferred;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.SmtpScript;

/** Servers that hang, vanish or talk nonsense: every one of them ends in Deferred, with a text that says where. */
class SmtpRelayTroubleTest {

    private static final String MAYBE = "; the server may have taken the message";

    @ParameterizedTest
    @CsvSource({
        "PIPELINING, greeting, 'connecting, waiting for the greeting'",
        "PIPELINING, EHLO, EHLO",
        "STARTTLS, STARTTLS, STARTTLS",
        "PIPELINING, MAIL, MAIL FROM",
        "PIPELINING, RCPT, RCPT TO",
        "PIPELINING, DATA, DATA",
        "VRFY, MAIL, MAIL FROM",
        "VRFY, RCPT, RCPT TO",
        "VRFY, DATA, DATA"
    })
    void silence_ends_as_deferred_at_every_stage(String feature, String command, String stage) throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.start(SmtpScript.offering(feature).answering(command, SmtpScript.HANG));
                Relay relay = Mails.impatient(server)) {
            assertThat(relay.send(Mails.hello())).isEqualTo(deferred(server, "no reply within 400 ms after " + stage));
        }
    }

    @Test
    void silence_after_the_final_dot_is_deferred_and_says_that_the_message_may_have_been_taken() throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.start(SmtpScript.offering().answering(SmtpScript.CONTENT, SmtpScript.HANG));
                Relay relay = Mails.impatient(server)) {
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(deferred(server, "no reply within 400 ms after the final dot" + MAYBE));
        }
    }

    @ParameterizedTest
    @CsvSource({"EHLO, EHLO", "MAIL, MAIL FROM", "RCPT, RCPT TO", "DATA, DATA"})
    void a_connection_closed_by_the_server_is_deferred(String command, String stage) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering().answering(command, SmtpScript.CLOSE));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(deferred(server, "the server closed the connection after " + stage));
        }
    }

    @Test
    void a_connection_lost_after_the_final_dot_is_deferred_and_not_tried_again() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        SmtpScript.offering("PIPELINING").answering(SmtpScript.CONTENT, "250 ok", SmtpScript.CLOSE));
                Relay relay = Mails.relay(server)) {
            relay.send(Mails.hello());
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(deferred(server, "the server closed the connection after the final dot" + MAYBE));
            assertThat(server.connections()).isOne();
            assertThat(server.messages()).hasSize(2);
        }
    }

    @Test
    void a_connection_closed_amid_the_content_is_deferred() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(session -> {
                    new SmtpDialogue(session).untilData();
                    session.bytes(100);
                });
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.mail("0123456789abcdef\r\n".repeat(1_000_000))))
                    .isInstanceOfSatisfying(
                            Deferred.class,
                            deferred -> assertThat(deferred.text())
                                    .contains("connection lost after DATA, while the content was sent")
                                    .doesNotContain(MAYBE));
        }
    }

    @Test
    void a_server_that_stops_reading_amid_the_content_is_deferred() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(session -> {
                    new SmtpDialogue(session).untilData();
                    session.awaitClose();
                });
                Relay relay = Mails.impatient(server)) {
            assertThat(relay.send(Mails.mail("0123456789abcdef\r\n".repeat(1_000_000))))
                    .isEqualTo(deferred(
                            server, "no progress within 400 ms while sending (DATA, while the content was sent)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "25", "250+ok", "abc def", "999 what", "100 low", "\u00ff\u00fe", ""})
    void what_is_no_reply_is_deferred(String garbage) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering().answering("MAIL", garbage));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello()))
                    .isInstanceOfSatisfying(
                            Deferred.class,
                            deferred -> assertThat(deferred.text()).contains("this is no SMTP reply: '"));
        }
    }

    @Test
    void a_reply_that_makes_no_sense_where_it_stands_is_deferred() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering().answering("MAIL", "354 go on"));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(deferred(server, "unexpected reply 354 go on (after MAIL FROM)"));
        }
    }

    @Test
    void a_reply_that_changes_its_code_is_deferred() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering().answering("MAIL", "250-ok\r\n550 no"));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(deferred(server, "a reply changed its code on the way: 250 and then 550 no"));
        }
    }

    @Test
    void an_endless_line_is_given_up() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(session -> forever(() -> session.say("2222222222")));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isEqualTo(deferred(server, "a reply line of more than 2048 bytes"));
        }
    }

    @Test
    void endless_lines_are_given_up() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(session -> forever(() -> session.say("220-more\r\n")));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isEqualTo(deferred(server, "a reply of more than 100 lines"));
        }
    }

    @Test
    void where_nobody_listens_mail_is_deferred() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        try (Relay relay = RelaySettings.parse("smtp://127.0.0.1:" + port, null).open()) {
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(Deferred.unanswered("127.0.0.1:" + port + ": cannot connect: Connection refused"));
        }
    }

    @Test
    void a_host_that_has_no_address_is_deferred() {
        try (Relay relay = RelaySettings.parse("smtp://nowhere.invalid", null).open()) {
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(Deferred.unanswered("nowhere.invalid:25: the host name cannot be resolved"));
        }
    }

    private static Deferred deferred(ScriptedServer server, String text) {
        return Deferred.unanswered("127.0.0.1:" + server.port() + ": " + text);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void forever(Step step) throws IOException {
        while (true) {
            step.run();
        }
    }
}
