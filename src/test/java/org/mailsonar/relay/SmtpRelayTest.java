package org.mailsonar.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.relay.Mails.PROBE;
import static org.mailsonar.relay.Mails.WEBSCOUT;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.relay.Transmission.Accepted;
import org.mailsonar.relay.Transmission.Refused;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.SmtpScript;

class SmtpRelayTest {

    @Test
    void an_accepted_message_comes_with_the_servers_last_reply() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("PIPELINING"));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isEqualTo(new Accepted("250 2.0.0 Ok: queued as 4F2C1"));
            assertThat(relay.describe()).isEqualTo("smtp://127.0.0.1:" + server.port());
        }
    }

    @Test
    void mail_rcpt_and_data_leave_in_one_write_where_pipelining_is_offered() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("PIPELINING", "SIZE 1000000"));
                Relay relay = Mails.relay(server)) {
            relay.send(Mails.hello());
            assertThat(server.chunks(0).get(1))
                    .isEqualTo("MAIL FROM:<probe@monitor.test> SIZE=25\r\nRCPT TO:<webscout@company.test>\r\nDATA\r\n");
        }
    }

    @Test
    void each_command_waits_for_its_reply_where_pipelining_is_not_offered() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering());
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(server.chunks(0))
                    .containsExactly(
                            "EHLO [127.0.0.1]\r\n",
                            "MAIL FROM:<probe@monitor.test>\r\n",
                            "RCPT TO:<webscout@company.test>\r\n",
                            "DATA\r\n",
                            Mails.TEXT + ".\r\n");
        }
    }

    @Test
    void content_and_final_dot_arrive_in_one_piece() throws IOException {
        String content = "Subject: long\r\n\r\n" + "0123456789abcdef\r\n".repeat(300);
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("PIPELINING"));
                Relay relay = Mails.relay(server)) {
            relay.send(Mails.mail(content));
            assertThat(server.chunks(0).getLast()).isEqualTo(content + ".\r\n");
        }
    }

    @Test
    void dots_at_the_beginning_of_lines_are_doubled_and_others_are_not() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering());
                Relay relay = Mails.relay(server)) {
            relay.send(Mails.mail(".\r\na.b.\r\n..\r\n\r\n.end"));
            assertThat(Mails.text(server.messages().getFirst())).isEqualTo("..\r\na.b.\r\n...\r\n\r\n..end\r\n.\r\n");
        }
    }

    @Test
    void an_empty_message_is_just_the_final_dot() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering());
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.mail(""))).isInstanceOf(Accepted.class);
            assertThat(Mails.text(server.messages().getFirst())).isEqualTo(".\r\n");
        }
    }

    @Test
    void a_message_of_several_megabytes_arrives_whole() throws IOException {
        String content = "0123456789abcdef\r\n".repeat(300_000);
        try (ScriptedServer server = ScriptedServer.start(session -> {
                    new SmtpDialogue(session).untilData();
                    long seen = session.skip(content.length() + 3);
                    session.say("250 " + seen + " bytes\r\n");
                });
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.mail(content))).isEqualTo(new Accepted("250 5400003 bytes"));
        }
    }

    @Test
    void a_lone_cr_or_lf_is_refused_before_anything_is_sent() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering());
                Relay relay = Mails.relay(server)) {
            for (String content :
                    new String[] {"a\n.\nMAIL FROM:<x>", "a\rb", "a\r", "\n", "a\r\u00fc\r\n", "a\r\r\n"}) {
                assertThat(relay.send(Mails.mail(content))).isInstanceOf(Refused.class);
            }
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void the_null_sender_is_an_empty_pair_of_brackets() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering());
                Relay relay = Mails.relay(server)) {
            relay.send(new OutgoingMail(Envelope.to(null, WEBSCOUT), new byte[0]));
            assertThat(server.lines()).contains("MAIL FROM:<>");
        }
    }

    @Test
    void two_recipients_get_one_message_and_data_waits_for_their_replies() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("PIPELINING"));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.helloTo(WEBSCOUT, PROBE))).isInstanceOf(Accepted.class);
            assertThat(server.chunks(0).get(1))
                    .isEqualTo(String.join(
                            "\r\n",
                            "MAIL FROM:<probe@monitor.test>",
                            "RCPT TO:<webscout@company.test>",
                            "RCPT TO:<probe@monitor.test>",
                            ""));
            assertThat(server.messages()).hasSize(1);
        }
    }

    @Test
    void a_server_without_ehlo_gets_helo() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        SmtpScript.offering("PIPELINING").answering("EHLO", "502 5.5.1 not here"));
                Relay relay = Mails.relay(server, "?helo=mail.company.test")) {
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
            assertThat(server.lines())
                    .startsWith("EHLO mail.company.test", "HELO mail.company.test", "MAIL FROM:<" + PROBE + ">");
        }
    }

    @Test
    void a_message_beyond_the_servers_size_is_refused_here() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("SIZE 24"));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(new Refused("the message has 25 bytes, and the server takes 24 at most"));
            assertThat(relay.send(Mails.mail("Subject: small\r\n\r\n"))).isInstanceOf(Accepted.class);
            assertThat(server.connections()).isOne();
        }
    }

    @Test
    void eight_bit_content_is_declared_where_that_is_offered() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering("8BITMIME"));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.mail("\r\nfa\u00e7ade\r\n"))).isInstanceOf(Accepted.class);
            assertThat(server.lines()).contains("MAIL FROM:<probe@monitor.test> BODY=8BITMIME");
            assertThat(server.messages().getFirst()).contains(0xE7);
        }
    }

    @Test
    void eight_bit_content_is_refused_where_the_server_cannot_take_it() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering());
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.mail("\r\nfa\u00e7ade\r\n")))
                    .isEqualTo(
                            new Refused("the message holds 8-bit characters, and the server does not offer 8BITMIME"));
        }
    }

    @Test
    void an_internationalized_address_needs_smtputf8() throws IOException {
        OutgoingMail mail = new OutgoingMail(Envelope.to(PROBE, new EmailAddress("büro", "company.test")), new byte[0]);
        try (ScriptedServer with = ScriptedServer.start(SmtpScript.offering("8BITMIME", "SMTPUTF8"));
                ScriptedServer without = ScriptedServer.start(SmtpScript.offering("8BITMIME"));
                Relay able = Mails.relay(with);
                Relay unable = Mails.relay(without)) {
            assertThat(able.send(mail)).isInstanceOf(Accepted.class);
            assertThat(with.lines().get(1)).isEqualTo("MAIL FROM:<probe@monitor.test> BODY=8BITMIME SMTPUTF8");
            assertThat(with.lines().get(2).getBytes(StandardCharsets.ISO_8859_1))
                    .isEqualTo("RCPT TO:<büro@company.test>".getBytes(StandardCharsets.UTF_8));
            assertThat(unable.send(mail))
                    .isEqualTo(new Refused("an address is internationalized, and the server does not offer SMTPUTF8"));
        }
    }

    @Test
    void a_reply_of_several_lines_becomes_one_line_of_printable_characters() throws IOException {
        String reply = "550-5.7.1 we do not\u0007\r\n550-5.7.1 like\tyou\r\n550 5.7.1 s\u00e9rieusement";
        try (ScriptedServer server = ScriptedServer.start(SmtpScript.offering().answering("RCPT", reply));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(new Refused("550 5.7.1 we do not? like you s?rieusement (after RCPT TO)"));
        }
    }

    @Test
    void a_long_reply_is_cut() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                        SmtpScript.offering().answering(SmtpScript.CONTENT, "550 " + "x".repeat(2000)));
                Relay relay = Mails.relay(server)) {
            assertThat(relay.send(Mails.hello()).text()).hasSize(400).endsWith("...");
        }
    }
}
