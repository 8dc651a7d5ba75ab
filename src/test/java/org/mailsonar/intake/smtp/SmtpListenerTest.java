package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.time.TimeSource;

/** The dialogue, line by line: what a client may say and what it is told. */
class SmtpListenerTest {

    private static final int SIZE_LIMIT = 4096;
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final String TRACE = String.join(
            "\r\n",
            "Received: from client.test ([127.0.0.1])",
            "\tby mx.company.test (Mailsonar) with ESMTP;",
            "\tSun, 01 Nov 2026 12:00:00 +0000",
            "");

    private final BlockingQueue<ReceivedMail> received = new LinkedBlockingQueue<>();
    private MailHandler handler = mail -> new Disposition.Accepted("thanks");

    @SuppressWarnings("NullAway.Init")
    private SmtpListener listener;

    @BeforeEach
    void start() {
        ListenerSettings settings = ListenerSettings.on("127.0.0.1", 0)
                .named("mx.company.test")
                .accepting(EmailAddress.parse("probe@company.test"), EmailAddress.parse("späher@company.test"))
                .withMaxMessageSize(SIZE_LIMIT);
        listener = SmtpListener.start(settings, this::take, TimeSource.of(() -> NOON, () -> 42L));
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    private Disposition take(ReceivedMail mail) {
        received.add(mail);
        return handler.handle(mail);
    }

    @Test
    void the_greeting_names_the_host() {
        try (var talk = SmtpConversation.with(listener)) {
            talk.expect("220 mx.company.test ESMTP")
                    .say("QUIT")
                    .expect("221 2.0.0")
                    .expectEnd();
        }
    }

    @Test
    void ehlo_offers_the_extensions() {
        try (var talk = SmtpConversation.with(listener)) {
            assertThat(talk.expect("220").say("EHLO client.test").reply())
                    .containsExactly(
                            "250-mx.company.test",
                            "250-PIPELINING",
                            "250-SIZE 4096",
                            "250-8BITMIME",
                            "250-ENHANCEDSTATUSCODES",
                            "250 SMTPUTF8");
        }
    }

    @Test
    void helo_offers_none_and_is_told_in_the_trace_line() throws InterruptedException {
        try (var talk = SmtpConversation.with(listener)) {
            talk.expect("220").say("HELO old.test").expect("250 mx.company.test");
            deliver(talk, "x\r\n");
        }
        assertThat(content())
                .startsWith("Received: from old.test ([127.0.0.1])")
                .contains(" with SMTP;");
    }

    @Test
    void an_accepted_mail_arrives_with_its_envelope_and_answers_250() throws InterruptedException {
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("Subject: hello\r\n\r\nbody\r\n.\r\n").expect("250 2.0.0 thanks");
        }
        ReceivedMail mail = received.take();
        assertThat(mail.envelope().senderOrEmpty()).isEqualTo("sender@client.test");
        assertThat(mail.envelope().recipients()).containsExactly(EmailAddress.parse("probe@company.test"));
        assertThat(mail.truncated()).isFalse();
        assertThat(mail.received().wall()).isEqualTo(NOON);
        assertThat(mail.received().monotonicNanos()).isEqualTo(42);
        assertThat(mail.resolution()).hasMillis(1);
        assertThat(mail.client()).startsWith("127.0.0.1:");
        assertThat(mail.message().first("Subject").orElseThrow().value()).isEqualTo("hello");
    }

    @Test
    void bytes_arrive_as_they_are_behind_the_trace_line() throws InterruptedException {
        String every = allBytesButLineEnds();
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send(every + "\r\n\r\n \r\nno line end is lost\r\n\r\n.\r\n").expect("250");
        }
        assertThat(content()).isEqualTo(TRACE + every + "\r\n\r\n \r\nno line end is lost\r\n\r\n");
    }

    @Test
    void stuffed_dots_are_taken_off() throws InterruptedException {
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("..\r\n...\r\n.x\r\na.\r\n..b\r\n.\r\n").expect("250");
        }
        assertThat(content()).isEqualTo(TRACE + ".\r\n..\r\nx\r\na.\r\n.b\r\n");
    }

    @Test
    void content_in_single_bytes_is_read_the_same() throws InterruptedException {
        try (var talk = SmtpConversation.inData(listener)) {
            for (char c : "a\r\n..b\r\n.c\r\n\r\n.\r\n".toCharArray()) {
                talk.send(String.valueOf(c));
            }
            talk.expect("250");
        }
        assertThat(content()).isEqualTo(TRACE + "a\r\n.b\r\nc\r\n\r\n");
    }

    @Test
    void an_empty_message_is_a_message() throws InterruptedException {
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send(".\r\n").expect("250");
        }
        assertThat(content()).isEqualTo(TRACE);
    }

    @Test
    void existing_trace_lines_stay_unchanged() throws InterruptedException {
        String mail = "Received: from a\r\n\tby b; yesterday\r\nreceived: odd\r\n\r\n";
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send(mail + ".\r\n").expect("250");
        }
        assertThat(content()).isEqualTo(TRACE + mail);
    }

    @Test
    void a_hundred_hops_are_taken_and_one_more_is_a_loop() {
        String hop = "Received: from somewhere\r\n";
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send(hop.repeat(100) + "\r\n.\r\n").expect("250 2.0.0");
            received.clear();
            deliver(talk, hop.repeat(101) + "\r\n", "554 5.4.6");
        }
        assertThat(received).isEmpty();
    }

    @Test
    void a_whole_dialogue_in_one_write_is_answered_in_order() throws InterruptedException {
        String mail =
                "MAIL FROM:<a@b.test>\r\nRCPT TO:<probe@company.test>\r\nRCPT TO:<nobody@company.test>\r\nDATA\r\n";
        try (var talk = SmtpConversation.with(listener)) {
            talk.send("EHLO client.test\r\n" + mail + "one\r\n.\r\n" + mail + "two\r\n.\r\nNOOP\r\nQUIT\r\n");
            talk.expect("220").expect("250 SMTPUTF8");
            talk.expect("250 2.1.0")
                    .expect("250 2.1.5")
                    .expect("550 5.1.1")
                    .expect("354")
                    .expect("250 2.0.0");
            talk.expect("250 2.1.0")
                    .expect("250 2.1.5")
                    .expect("550 5.1.1")
                    .expect("354")
                    .expect("250 2.0.0");
            talk.expect("250 2.0.0").expect("221 2.0.0").expectEnd();
        }
        assertThat(content()).endsWith("one\r\n");
        assertThat(content()).endsWith("two\r\n");
    }

    @Test
    void who_closes_his_side_early_still_gets_the_replies() {
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("x\r\n.\r\n").endInput().expect("250 2.0.0").expectEnd();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL FROM:<>, 250 2.1.0",
        "mail from:<a@b.test> size=4096 body=8bitmime smtputf8, 250 2.1.0",
        "MAIL FROM: <a@b.test>, 250 2.1.0",
        "'MAIL FROM:<@relay.test,@x.test:a@b.test>', 553 5.1.7",
        "MAIL FROM:<a@b.test> SIZE=4097, 552 5.3.4",
        "MAIL FROM:<a@b.test> SIZE=99999999999999999999, 552 5.3.4",
        "MAIL FROM:<a@b.test> SIZE=many, 501 5.5.4",
        "MAIL FROM:<a@b.test> BODY=BINARYMIME, 501 5.5.4",
        "MAIL FROM:<a@b.test> SMTPUTF8=yes, 501 5.5.4",
        "MAIL FROM:<a@b.test> RET=HDRS, 555 5.5.4",
        "MAIL FROM:<a@b.test>SIZE=1, 501 5.5.4",
        "MAIL FROM:a@b.test, 501 5.5.4",
        "MAIL, 501 5.5.4",
        "MAIL TO:<a@b.test>, 501 5.5.4",
        "MAIL FROM:<no-domain>, 553 5.1.7",
        "MAIL FROM:<a b@c.test>, 553 5.1.7",
        "RCPT TO:<probe@company.test>, 503 5.5.1",
        "DATA, 503 5.5.1",
        "RSET, 250 2.0.0",
        "NOOP whatever, 250 2.0.0",
        "VRFY probe, 252 2.5.2",
        "EXPN all, 502 5.3.3",
        "HELP, 214 2.0.0",
        "HELP MAIL, 214 2.0.0",
        "STARTTLS, 502 5.5.1",
        "LHLO client.test, 500 5.5.2",
        "AUTH PLAIN, 502 5.5.1",
        "GET / HTTP/1.1, 500 5.5.2",
        "'', 500 5.5.2",
        "EHLO, 501 5.5.4"
    })
    void each_command_has_its_reply(String command, String reply) {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.say(command).expect(reply).say("NOOP").expect("250 2.0.0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT TO:<PROBE@Company.Test>, 250 2.1.5",
        "RCPT TO:<probe+01J9@company.test>, 250 2.1.5",
        "RCPT TO:<other@company.test>, 550 5.1.1",
        "RCPT TO:<probe@elsewhere.test>, 550 5.1.1",
        "RCPT TO:<probe%elsewhere.test@company.test>, 550 5.1.1",
        "RCPT TO:<postmaster>, 550 5.1.1",
        "RCPT TO:<>, 550 5.1.1",
        "RCPT TO:<probe@company.test> NOTIFY=NEVER, 555 5.5.4",
        "RCPT probe@company.test, 501 5.5.4",
        "MAIL FROM:<a@b.test>, 503 5.5.1",
        "DATA, 503 5.5.1"
    })
    void each_command_within_a_transaction_has_its_reply(String command, String reply) {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.say("MAIL FROM:<a@b.test>").expect("250").say(command).expect(reply);
        }
    }

    @Test
    void mail_before_a_greeting_is_out_of_order() {
        try (var talk = SmtpConversation.with(listener)) {
            talk.expect("220").say("MAIL FROM:<>").expect("503 5.5.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSET", "EHLO again.test", "HELO again.test"})
    void a_transaction_can_be_given_up(String command) {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.say("MAIL FROM:<>")
                    .expect("250")
                    .say("RCPT TO:<probe@company.test>")
                    .expect("250");
            talk.say(command)
                    .expect("250")
                    .say("DATA")
                    .expect("503 5.5.1")
                    .say("MAIL FROM:<>")
                    .expect("250");
        }
    }

    @Test
    void a_hundred_recipients_are_taken_and_one_more_is_put_off() throws InterruptedException {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.say("MAIL FROM:<>").expect("250");
            IntStream.range(0, 100)
                    .forEach(i ->
                            talk.say("RCPT TO:<probe+" + i + "@company.test>").expect("250 2.1.5"));
            talk.say("RCPT TO:<probe@company.test>").expect("452 4.5.3");
            talk.say("DATA").expect("354").send("x\r\n.\r\n").expect("250");
        }
        assertThat(received.take().envelope().recipients()).hasSize(100);
    }

    @Test
    void an_international_address_needs_smtputf8_and_then_arrives() throws InterruptedException {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.send("MAIL FROM:<jürgen@company.test>\r\n", StandardCharsets.UTF_8)
                    .expect("553 5.6.7");
            talk.say("MAIL FROM:<>").expect("250");
            talk.send("RCPT TO:<späher@company.test>\r\n", StandardCharsets.UTF_8)
                    .expect("553 5.6.7")
                    .say("RSET")
                    .expect("250");
            talk.send("MAIL FROM:<jürgen@company.test> SMTPUTF8\r\n", StandardCharsets.UTF_8)
                    .expect("250");
            talk.send("RCPT TO:<späher@company.test>\r\n", StandardCharsets.UTF_8)
                    .expect("250");
            talk.send("RCPT TO:<sp\u00e4her@company.test>\r\n").expect("550 5.1.1");
            talk.say("DATA").expect("354").send("x\r\n.\r\n").expect("250");
        }
        ReceivedMail mail = received.take();
        assertThat(mail.envelope().senderOrEmpty()).isEqualTo("jürgen@company.test");
        assertThat(mail.envelope().recipients()).containsExactly(EmailAddress.parse("späher@company.test"));
        assertThat(mail.message().first("Received").orElseThrow().value()).contains("with UTF8SMTP;");
    }

    @Test
    void a_message_at_the_size_limit_is_taken_and_a_byte_more_is_refused() throws InterruptedException {
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("x".repeat(SIZE_LIMIT - 2) + "\r\n.\r\n").expect("250");
            assertThat(content()).hasSize(TRACE.length() + SIZE_LIMIT);
            deliver(talk, "x".repeat(SIZE_LIMIT - 1) + "\r\n", "552 5.3.4");
            deliver(talk, "y\r\n", "250");
        }
        assertThat(content()).isEqualTo(TRACE + "y\r\n");
    }

    @Test
    void what_is_far_over_the_limit_is_read_to_its_end_and_refused() {
        try (var talk = SmtpConversation.inData(listener)) {
            IntStream.range(0, 100).forEach(i -> talk.send(("y".repeat(998) + "\r\n..\r\n").repeat(64)));
            talk.send(".\r\n").expect("552 5.3.4").say("NOOP").expect("250");
        }
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n.\n",
                "\n.\r\n",
                "\r.\r",
                "\r.\r\n",
                "\r\n.\n",
                "\r\n.\r",
                "\r\n.\r\r\n",
                "a\nb",
                "a\rb",
                "\r\r\n"
            })
    void a_line_end_that_stands_alone_ends_nothing_and_is_refused(String trick) {
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("x" + trick + "MAIL FROM:<evil@b.test>\r\nRCPT TO:<probe@company.test>\r\nDATA\r\nevil\r\n.\r\n");
            talk.expect("550 5.6.0").say("NOOP").expect("250 2.0.0");
        }
        assertThat(received).isEmpty();
    }

    @Test
    void a_command_with_a_bare_line_feed_ends_the_connection() {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.send("NOOP\n").expect("521 5.5.2").expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO\rOP", "NOOP \u0000", "NOOP \u0007", "NOOP\t"})
    void a_control_character_in_a_command_is_refused(String command) {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.say(command).expect("500 5.5.2").say("NOOP").expect("250 2.0.0");
        }
    }

    @Test
    void a_command_line_over_its_limit_is_refused_once() {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.say("NOOP " + "x".repeat(500)).expect("250");
            talk.say("NOOP " + "x".repeat(600)).expect("500 5.5.2");
            talk.say("NOOP " + "x".repeat(300_000))
                    .expect("500 5.5.2")
                    .say("NOOP")
                    .expect("250");
        }
    }

    @Test
    void a_discarded_mail_answers_250() {
        answers(new Disposition.Discarded("dropped"), "250 2.0.0 dropped");
    }

    @Test
    void an_unwanted_mail_answers_550() {
        answers(new Disposition.Unwanted("not a probe"), "550 5.7.1 not a probe");
    }

    @Test
    void a_failed_mail_answers_554() {
        answers(new Disposition.Failed("next hop refused"), "554 5.0.0 next hop refused");
    }

    @Test
    void a_deferred_mail_answers_451() {
        answers(new Disposition.Deferred("next hop down"), "451 4.3.0 next hop down");
    }

    @Test
    void a_text_of_many_lines_becomes_one_line_of_ascii() {
        answers(new Disposition.Unwanted("a\r\n250 é\u0000"), "550 5.7.1 a  250 ??");
    }

    @Test
    void a_long_text_is_cut() {
        handler = mail -> new Disposition.Unwanted("x".repeat(5000));
        try (var talk = SmtpConversation.inData(listener)) {
            List<String> reply = talk.send("x\r\n.\r\n").reply();
            assertThat(reply).hasSize(1);
            assertThat(reply.getFirst()).hasSizeLessThan(510).endsWith("...");
        }
    }

    @Test
    void a_handler_that_throws_answers_451() {
        handler = mail -> {
            throw new IllegalStateException("out of\r\norder");
        };
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("x\r\n.\r\n").expect("451 4.3.0").say("NOOP").expect("250");
        }
    }

    @Test
    void a_handler_that_overflows_its_stack_answers_451() {
        handler = new MailHandler() {
            @Override
            public Disposition handle(ReceivedMail mail) {
                return mail.truncated() ? new Disposition.Accepted("") : again(mail);
            }

            private Disposition again(ReceivedMail mail) {
                return handle(mail);
            }
        };
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("x\r\n.\r\n").expect("451 4.3.0");
        }
    }

    @Test
    void a_connection_lost_within_a_message_hands_nothing_over() {
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("Subject: half\r\n\r\n.\r").endInput().expectEnd();
        }
        assertThat(received).isEmpty();
    }

    @Test
    void a_client_name_cannot_inject_a_header() throws InterruptedException {
        try (var talk = SmtpConversation.with(listener)) {
            talk.expect("220").say("EHLO evil;(by)é<x> second").expect("250");
            deliver(talk, "x\r\n");
        }
        assertThat(content()).startsWith("Received: from evil??by???x? ([127.0.0.1])\r\n");
    }

    private void answers(Disposition disposition, String reply) {
        handler = mail -> disposition;
        try (var talk = SmtpConversation.inData(listener)) {
            assertThat(talk.send("x\r\n.\r\n").reply()).containsExactly(reply);
        }
    }

    private static void deliver(SmtpConversation talk, String content) {
        deliver(talk, content, "250 2.0.0");
    }

    private static void deliver(SmtpConversation talk, String content, String reply) {
        talk.say("MAIL FROM:<>")
                .expect("250")
                .say("RCPT TO:<probe@company.test>")
                .expect("250");
        talk.say("DATA").expect("354").send(content + ".\r\n").expect(reply);
    }

    private String content() throws InterruptedException {
        @Nullable ReceivedMail mail = received.take();
        return new String(mail.message().bytes(), StandardCharsets.ISO_8859_1);
    }

    private static String allBytesButLineEnds() {
        StringBuilder all = new StringBuilder();
        IntStream.range(0, 256).filter(i -> i != '\r' && i != '\n').forEach(i -> all.append((char) i));
        return all.toString();
    }
}
