package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.lab.Poll;
import org.mailsonar.message.EmailAddress;

/** What a client may do before it is sent away, and that the others notice nothing of it. */
@Timeout(60)
class SmtpLimitsTest {

    private static final ListenerSettings SETTINGS =
            ListenerSettings.on("127.0.0.1", 0).accepting(EmailAddress.parse("probe@company.test"));
    private static final MailHandler THANKFUL = mail -> new Disposition.Accepted("thanks");

    @Test
    void ten_thousand_commands_without_a_mail_end_early() {
        try (var listener = SmtpListener.start(SETTINGS, THANKFUL);
                var talk = SmtpConversation.greeted(listener)) {
            sendWhatIsTaken(talk, "NOOP\r\n".repeat(10_000));
            // EHLO was the first one.
            IntStream.range(1, 250).forEach(i -> talk.expect("250 2.0.0"));
            talk.expect("421 4.7.0 too many commands without a mail");
            assertThat(talk.rest()).doesNotContain("2");
            takesMail(listener);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSET", "NOOP", "VRFY x", "EHLO again.test", "HELP"})
    void commands_that_bring_no_mail_forward_are_counted(String command) {
        try (var listener = SmtpListener.start(session(limits -> limits.withCommands(5)), THANKFUL);
                var talk = SmtpConversation.greeted(listener)) {
            IntStream.range(1, 5).forEach(i -> talk.say(command).expect("2"));
            talk.say(command).expect("421 4.7.0").expectEnd();
            takesMail(listener);
        }
    }

    @Test
    void twenty_errors_are_enough() {
        try (var listener = SmtpListener.start(SETTINGS, THANKFUL);
                var talk = SmtpConversation.greeted(listener)) {
            talk.say("MAIL FROM:<>").expect("250");
            IntStream.range(0, 20)
                    .forEach(i ->
                            talk.say("RCPT TO:<guess" + i + "@company.test>").expect("550 5.1.1"));
            talk.say("RCPT TO:<probe@company.test>")
                    .expect("421 4.7.0 too many errors")
                    .expectEnd();
            takesMail(listener);
        }
    }

    @Test
    void refused_mails_are_errors_and_each_gets_its_own_answer() {
        MailHandler handler = mail -> new Disposition.Unwanted("no probe");
        try (var listener = SmtpListener.start(session(limits -> limits.withErrors(3)), handler);
                var talk = SmtpConversation.greeted(listener)) {
            IntStream.range(0, 3).forEach(i -> mail(talk, "x\r\n", "550 5.7.1"));
            talk.say("MAIL FROM:<>").expect("421 4.7.0").expectEnd();
        }
    }

    @Test
    void a_client_that_sends_mail_after_mail_is_not_counted_out() {
        try (var listener = SmtpListener.start(
                        session(limits -> limits.withCommands(5).withErrors(1)), THANKFUL);
                var talk = SmtpConversation.greeted(listener)) {
            IntStream.range(0, 100).forEach(i -> mail(talk, "x\r\n", "250 2.0.0"));
            talk.say("QUIT").expect("221").expectEnd();
        }
    }

    @Test
    void who_talks_before_the_greeting_is_sent_away() {
        try (var listener = SmtpListener.start(
                        session(limits -> limits.withGreetingPause(Duration.ofSeconds(30))), THANKFUL);
                var talk = SmtpConversation.with(listener)) {
            talk.say("EHLO client.test").expect("554 5.5.1").expectEnd();
        }
    }

    @Test
    void who_waits_for_a_late_greeting_is_served() {
        try (var listener =
                SmtpListener.start(session(limits -> limits.withGreetingPause(Duration.ofMillis(50))), THANKFUL)) {
            takesMail(listener);
        }
    }

    @Test
    void a_connection_too_many_is_refused_before_the_pause() {
        try (var listener = SmtpListener.start(
                        session(limits -> limits.withGreetingPause(Duration.ofSeconds(30)))
                                .withMaxConnections(1),
                        THANKFUL);
                var first = SmtpConversation.with(listener);
                var second = SmtpConversation.with(listener)) {
            second.expect("421 4.3.2").expectEnd();
            assertThat(first.hasInput()).isFalse();
        }
    }

    @Test
    void one_connection_too_many_from_a_client_is_told_421_until_another_one_ends() {
        ListenerLimits limits = SETTINGS.limits().withConnectionsPerClient(2).withUnboundClients(address -> false);
        try (var listener = SmtpListener.start(SETTINGS.limitedBy(limits), THANKFUL);
                var first = SmtpConversation.greeted(listener);
                var second = SmtpConversation.greeted(listener);
                var third = SmtpConversation.with(listener)) {
            third.expect("421 4.7.0 too many connections from your address").expectEnd();
            first.say("NOOP").expect("250").say("QUIT").expect("221").expectEnd();
            Poll.until("a free place", () -> isGreeted(listener));
            second.say("NOOP").expect("250");
        }
    }

    @Test
    void a_mail_server_on_this_machine_may_use_all_connections() {
        ListenerLimits limits = SETTINGS.limits().withConnectionsPerClient(1);
        try (var listener = SmtpListener.start(SETTINGS.limitedBy(limits), THANKFUL);
                var first = SmtpConversation.greeted(listener);
                var second = SmtpConversation.greeted(listener)) {
            first.say("NOOP").expect("250");
            second.say("NOOP").expect("250");
        }
    }

    @Test
    void a_message_without_room_is_put_off_and_taken_later() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(2);
        CountDownLatch released = new CountDownLatch(1);
        MailHandler handler = mail -> {
            entered.countDown();
            await(released);
            return new Disposition.Accepted("thanks");
        };
        ListenerLimits limits = SETTINGS.limits().withMessageSize(64 * 1024).withMemory(0);
        String content = ("y".repeat(998) + "\r\n").repeat(60);
        try (var listener = SmtpListener.start(SETTINGS.limitedBy(limits), handler);
                var first = SmtpConversation.inData(listener).send(content + ".\r\n");
                var second = SmtpConversation.inData(listener).send(content + ".\r\n");
                var third = SmtpConversation.inData(listener)) {
            entered.await();
            third.send(content + ".\r\n").expect("452 4.3.1");
            released.countDown();
            first.expect("250 2.0.0");
            second.expect("250 2.0.0").say("QUIT").expect("221").expectEnd();
            mail(third, content, "250 2.0.0");
        }
    }

    @Test
    void connections_that_are_gone_leave_room_for_messages() {
        ListenerLimits limits = SETTINGS.limits().withMessageSize(64 * 1024).withMemory(0);
        String content = ("y".repeat(998) + "\r\n").repeat(60);
        try (var listener = SmtpListener.start(SETTINGS.limitedBy(limits), THANKFUL)) {
            for (int i = 0; i < 10; i++) {
                try (var half = SmtpConversation.inData(listener)) {
                    half.send(content);
                }
                try (var whole = SmtpConversation.inData(listener)) {
                    whole.send(content + ".\r\n").expect("250 2.0.0");
                }
            }
        }
    }

    @Test
    void a_line_of_any_length_arrives_as_it_is() {
        AtomicReference<ReceivedMail> received = new AtomicReference<>();
        MailHandler handler = mail -> {
            received.set(mail);
            return new Disposition.Accepted("thanks");
        };
        try (var listener = SmtpListener.start(SETTINGS, handler);
                var talk = SmtpConversation.inData(listener)) {
            talk.send("Subject: long\r\n\r\n" + "z".repeat(200_000) + "\r\n.\r\n")
                    .expect("250");
        }
        assertThat(new String(received.get().message().bytes(), StandardCharsets.US_ASCII))
                .endsWith("\r\n\r\n" + "z".repeat(200_000) + "\r\n");
    }

    @Test
    void the_longest_command_line_is_taken_and_one_octet_more_is_not() {
        try (var listener = SmtpListener.start(SETTINGS, THANKFUL);
                var talk = SmtpConversation.greeted(listener)) {
            String longest = "NOOP " + "x".repeat(SmtpLineReader.LONGEST - 7);
            talk.say(longest).expect("250").say(longest + "x").expect("500 5.5.2");
        }
    }

    private static ListenerSettings session(UnaryOperator<SessionLimits> change) {
        ListenerLimits limits = SETTINGS.limits();
        return SETTINGS.limitedBy(limits.withSession(change.apply(limits.session())));
    }

    private static boolean isGreeted(SmtpListener listener) {
        try (var talk = SmtpConversation.with(listener)) {
            return talk.reply().getLast().startsWith("220");
        }
    }

    private static void takesMail(SmtpListener listener) {
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("x\r\n.\r\n").expect("250 2.0.0");
        }
    }

    private static void mail(SmtpConversation talk, String content, String reply) {
        talk.say("MAIL FROM:<>")
                .expect("250")
                .say("RCPT TO:<probe@company.test>")
                .expect("250");
        talk.say("DATA").expect("354").send(content + ".\r\n").expect(reply);
    }

    private static void sendWhatIsTaken(SmtpConversation talk, String text) {
        try {
            talk.send(text);
        } catch (UncheckedIOException closed) {
            assertThat(closed).hasMessageContaining("reset");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            throw new IllegalStateException(hurried);
        }
    }
}
