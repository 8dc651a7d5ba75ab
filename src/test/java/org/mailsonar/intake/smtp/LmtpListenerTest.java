package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;

/** What differs in LMTP (RFC 2033): the first command, and the replies to the final dot. */
class LmtpListenerTest {

    private static final String ONE = "RCPT TO:<probe@company.test>\r\n";
    private static final String EXTENDED = "RCPT TO:<probe+x@company.test>\r\n";
    private static final String UNKNOWN = "RCPT TO:<nobody@company.test>\r\n";

    private final BlockingQueue<ReceivedMail> received = new LinkedBlockingQueue<>();
    private Disposition disposition = new Disposition.Accepted("thanks");

    @SuppressWarnings("NullAway.Init")
    private SmtpListener listener;

    @BeforeEach
    void start() {
        ListenerSettings settings = ListenerSettings.on("127.0.0.1", 0)
                .named("mx.company.test")
                .accepting(EmailAddress.parse("probe@company.test"))
                .withMaxMessageSize(4096)
                .speaking(ListenerProtocol.LMTP, null);
        listener = SmtpListener.start(settings, mail -> {
            received.add(mail);
            return disposition;
        });
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void it_says_what_it_is() {
        assertThat(listener.describe()).isEqualTo("lmtp://127.0.0.1:" + listener.port());
        try (var talk = SmtpConversation.with(listener)) {
            talk.expect("220 mx.company.test LMTP")
                    .say("QUIT")
                    .expect("221 2.0.0")
                    .expectEnd();
        }
    }

    @Test
    void lhlo_offers_the_extensions() {
        try (var talk = SmtpConversation.with(listener)) {
            assertThat(talk.expect("220").say("LHLO client.test").reply())
                    .containsExactly(
                            "250-mx.company.test",
                            "250-PIPELINING",
                            "250-SIZE 4096",
                            "250-8BITMIME",
                            "250-ENHANCEDSTATUSCODES",
                            "250 SMTPUTF8");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EHLO client.test, 500 5.5.2",
        "HELO client.test, 500 5.5.2",
        "LHLO, 501 5.5.4 say who you are: LHLO",
        "MAIL FROM:<>, 503 5.5.1 say LHLO first",
        "STARTTLS, 502 5.5.1",
        "HELP, 214 2.0.0 LHLO MAIL",
        "NOOP, 250 2.0.0",
        "RSET, 250 2.0.0",
        "VRFY probe, 252"
    })
    void each_command_has_its_reply(String command, String reply) {
        try (var talk = SmtpConversation.with(listener)) {
            talk.expect("220").say(command).expect(reply);
        }
    }

    @Test
    void the_final_dot_is_answered_for_each_accepted_recipient_and_handled_once() throws InterruptedException {
        try (var talk = greeted()) {
            talk.send("MAIL FROM:<>\r\n" + ONE + UNKNOWN + EXTENDED + "DATA\r\n");
            talk.expect("250 2.1.0")
                    .expect("250 2.1.5")
                    .expect("550 5.1.1")
                    .expect("250 2.1.5")
                    .expect("354");
            talk.send("x\r\n.\r\nNOOP\r\n");
            talk.expect("250 2.0.0 thanks").expect("250 2.0.0 thanks").expect("250 2.0.0 OK");
        }
        assertThat(received.take().envelope().recipients())
                .containsExactly(EmailAddress.parse("probe@company.test"), EmailAddress.parse("probe+x@company.test"));
        assertThat(received).isEmpty();
    }

    @Test
    void a_recipient_named_three_times_is_answered_three_times_and_gets_the_mail_once() throws InterruptedException {
        try (var talk = greeted()) {
            talk.send("MAIL FROM:<>\r\n" + ONE.repeat(3) + "DATA\r\n");
            talk.expect("250").expect("250").expect("250").expect("250").expect("354");
            talk.send("x\r\n.\r\nVRFY x\r\n");
            talk.expect("250 2.0.0 thanks")
                    .expect("250 2.0.0 thanks")
                    .expect("250 2.0.0 thanks")
                    .expect("252");
        }
        assertThat(received.take().envelope().recipients()).hasSize(1);
    }

    @Test
    void the_next_transaction_counts_anew() {
        try (var talk = greeted()) {
            talk.send("MAIL FROM:<>\r\n" + ONE.repeat(3) + "RSET\r\nMAIL FROM:<>\r\n" + ONE + "DATA\r\n");
            IntStream.range(0, 7).forEach(i -> talk.expect("250"));
            talk.expect("354")
                    .send("x\r\n.\r\nVRFY x\r\n")
                    .expect("250 2.0.0 thanks")
                    .expect("252");
            talk.send("MAIL FROM:<>\r\n" + ONE + "LHLO again\r\nMAIL FROM:<>\r\n" + ONE + "DATA\r\n");
            IntStream.range(0, 5).forEach(i -> talk.expect("250"));
            talk.expect("354")
                    .send("x\r\n.\r\nVRFY x\r\n")
                    .expect("250 2.0.0 thanks")
                    .expect("252");
        }
    }

    @Test
    void data_without_an_accepted_recipient_is_503() {
        try (var talk = greeted()) {
            talk.send("DATA\r\nMAIL FROM:<>\r\nDATA\r\n" + UNKNOWN + "DATA\r\n");
            talk.expect("503").expect("250").expect("503").expect("550").expect("503");
        }
        assertThat(received).isEmpty();
    }

    @Test
    void what_the_handler_refuses_is_refused_for_each_recipient() {
        disposition = new Disposition.Deferred("next hop down");
        try (var talk = greeted()) {
            talk.send("MAIL FROM:<>\r\n" + ONE + EXTENDED + "DATA\r\n");
            talk.expect("250").expect("250").expect("250").expect("354").send("x\r\n.\r\n");
            assertThat(List.of(talk.reply(), talk.reply())).containsOnly(List.of("451 4.3.0 next hop down"));
            talk.say("NOOP").expect("250 2.0.0 OK");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void content_with_a_fault_is_refused_for_each_recipient(int recipients) {
        try (var talk = greeted()) {
            talk.send("MAIL FROM:<>\r\n" + ONE.repeat(recipients) + "DATA\r\n");
            IntStream.range(0, recipients + 1).forEach(i -> talk.expect("250"));
            talk.expect("354").send("y".repeat(5000) + "\r\n.\r\nVRFY x\r\n");
            IntStream.range(0, recipients).forEach(i -> talk.expect("552 5.3.4"));
            talk.expect("252");
        }
        assertThat(received).isEmpty();
    }

    @Test
    void one_recipient_over_a_hundred_is_put_off_even_if_it_is_the_same() {
        try (var talk = greeted()) {
            talk.send("MAIL FROM:<>\r\n" + ONE.repeat(101) + "RSET\r\n");
            IntStream.range(0, 101).forEach(i -> talk.expect("250"));
            talk.expect("452 4.5.3").expect("250 2.0.0");
        }
    }

    @Test
    void the_trace_line_names_the_protocol() throws InterruptedException {
        try (var talk = greeted()) {
            talk.send("MAIL FROM:<>\r\n" + ONE + "DATA\r\nx\r\n.\r\n");
            talk.expect("250").expect("250").expect("354").expect("250");
            talk.send("MAIL FROM:<> SMTPUTF8\r\n" + ONE + "DATA\r\nx\r\n.\r\n");
            talk.expect("250").expect("250").expect("354").expect("250");
        }
        assertThat(content()).contains(" with LMTP;");
        assertThat(content()).contains(" with UTF8LMTP;");
    }

    private SmtpConversation greeted() {
        return SmtpConversation.with(listener)
                .expect("220")
                .say("LHLO client.test")
                .expect("250");
    }

    private String content() throws InterruptedException {
        return new String(received.take().message().bytes(), StandardCharsets.ISO_8859_1);
    }
}
