package org.mailsonar.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.relay.Mails.POSTMASTER;
import static org.mailsonar.relay.Mails.WEBSCOUT;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.relay.Transmission.Accepted;
import org.mailsonar.relay.Transmission.Deferred;
import org.mailsonar.relay.Transmission.Refused;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.SmtpScript;

/** What a server's no leads to at each stage. */
class SmtpRelayRefusalTest {

    @ParameterizedTest
    @CsvSource({
        "PIPELINING, MAIL, MAIL FROM", "PIPELINING, RCPT, RCPT TO", "PIPELINING, DATA, DATA",
        "PIPELINING, content, the final dot", "VRFY, MAIL, MAIL FROM", "VRFY, RCPT, RCPT TO",
        "VRFY, DATA, DATA", "VRFY, content, the final dot"
    })
    void a_5xx_refuses_and_a_4xx_defers_and_the_connection_serves_on(String feature, String command, String stage)
            throws IOException {
        SmtpScript script = SmtpScript.offering(feature)
                .answering(command, "550 5.1.1 no", "452 4.2.2 later", command.equals("DATA") ? "354 go on" : "250 ok");
        try (ScriptedServer server = ScriptedServer.start(script);
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isEqualTo(new Refused("550 5.1.1 no (after " + stage + ")"));
            assertThat(relay.send(Mails.hello())).isEqualTo(new Deferred("452 4.2.2 later (after " + stage + ")"));
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(server.connections()).isOne();
            assertThat(server.lines()).filteredOn("RSET"::equals).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "greeting, 554 no service",
        "greeting, 421 too busy",
        "greeting, 250 what",
        "EHLO, 451 not now",
        "EHLO, 421 bye"
    })
    void a_no_before_mail_says_nothing_of_the_message_and_defers(String command, String reply) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering().answering(command, reply));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello()))
                    .isInstanceOfSatisfying(
                            Deferred.class,
                            deferred -> assertThat(deferred.text())
                                    .startsWith("127.0.0.1:" + server.port() + ": ")
                                    .contains(reply));
        }
    }

    @Test
    void a_354_although_the_recipient_was_refused_is_answered_by_the_dot_alone() throws IOException {
        SmtpScript script = SmtpScript.offering("PIPELINING")
                .answering("RCPT", "550 5.1.1 no", "250 ok")
                .answering(SmtpScript.CONTENT, "554 5.5.1 no recipients", "250 ok");
        try (ScriptedServer server = ScriptedServer.start(script);
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isEqualTo(new Refused("550 5.1.1 no (after RCPT TO)"));
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(server.messages()).extracting(Mails::text).containsExactly(".\r\n", Mails.TEXT + ".\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"PIPELINING", "VRFY"})
    void one_refused_recipient_of_two_stops_the_message_for_both(String feature) throws IOException {
        try (ScriptedServer server =
                        ScriptedServer.start(SmtpScript.offering(feature).answering("RCPT", "250 ok", "550 5.1.1 no"));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.helloTo(WEBSCOUT, POSTMASTER)))
                    .isEqualTo(new Refused("550 5.1.1 no (after RCPT TO)"));
            assertThat(server.lines()).doesNotContain("DATA").contains("RSET");
            assertThat(server.messages()).isEmpty();
        }
    }

    @Test
    void a_refusal_stands_although_the_server_hangs_up_behind_it() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("PIPELINING")
                        .answering("MAIL", "550 5.7.1 go away")
                        .answering("RCPT", SmtpScript.CLOSE));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isEqualTo(new Refused("550 5.7.1 go away (after MAIL FROM)"));
        }
    }

    @Test
    void a_server_that_does_not_like_rset_gets_a_new_connection() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering()
                        .answering("RCPT", "550 5.1.1 no", "250 ok")
                        .answering("RSET", "500 what"));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isInstanceOf(Refused.class);
            assertThat(relay.send(Mails.hello())).isInstanceOf(Refused.class);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void a_421_for_the_final_dot_defers_without_another_try() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        SmtpScript.offering().answering(SmtpScript.CONTENT, "250 ok", "421 4.3.2 shutting down"));
                Relay relay = Mails.relay(server)) {
            relay.send(Mails.hello());
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(new Deferred("421 4.3.2 shutting down (after the final dot)"));
            assertThat(server.connections()).isOne();
        }
    }
}
