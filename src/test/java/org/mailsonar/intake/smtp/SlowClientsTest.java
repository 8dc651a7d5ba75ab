package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailsonar.intake.Disposition;
import org.mailsonar.lab.Poll;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.testing.TestClock;

/** Clients that hold their connection and do little with it. The listener's clock is moved on by the test. */
@Timeout(60)
class SlowClientsTest {

    private static final int PLACES = 8;

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final TestClock clock = new TestClock(NOON);

    @SuppressWarnings("NullAway.Init")
    private SmtpListener listener;

    @BeforeEach
    void start() {
        ListenerSettings settings = ListenerSettings.on("127.0.0.1", 0)
                .accepting(EmailAddress.parse("probe@company.test"))
                .withMaxConnections(PLACES);
        listener = SmtpListener.start(settings, mail -> new Disposition.Accepted("thanks"), clock);
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void a_client_that_says_nothing_is_told_421_after_five_minutes() {
        try (var silent = SmtpConversation.greeted(listener)) {
            pass(Duration.ofSeconds(301));
            silent.expect("421 4.4.2 nothing heard").expectEnd();
            takesMail();
        }
    }

    @Test
    void a_command_that_comes_a_byte_a_second_is_not_waited_for() {
        try (var slow = SmtpConversation.greeted(listener)) {
            drip(slow, "x", Duration.ofSeconds(1));
            slow.expect("421 4.4.2 this takes too long");
            assertThat(Duration.between(NOON, clock.now().wall())).isGreaterThan(Duration.ofMinutes(1));
            takesMail();
        }
    }

    @Test
    void a_command_line_that_never_ends_is_not_waited_for() {
        try (var slow = SmtpConversation.greeted(listener)) {
            drip(slow, "x".repeat(1000), Duration.ofSeconds(1));
            slow.expect("421 4.4.2 this takes too long");
        }
    }

    @Test
    void a_message_that_comes_a_byte_a_second_is_not_waited_for() {
        try (var slow = SmtpConversation.inData(listener)) {
            drip(slow, "x", Duration.ofSeconds(1));
            slow.expect("421 4.4.2 this takes too long");
            takesMail();
        }
    }

    @Test
    void a_message_that_never_ends_is_not_waited_for() {
        try (var slow = SmtpConversation.inData(listener)) {
            drip(slow, "x".repeat(998) + "\r\n", Duration.ofSeconds(10));
            slow.expect("421 4.4.2 this takes too long");
            assertThat(Duration.between(NOON, clock.now().wall())).isGreaterThan(Duration.ofMinutes(10));
        }
    }

    @Test
    void a_client_that_talks_and_sends_no_mail_is_told_421_after_ten_minutes() {
        try (var talk = SmtpConversation.greeted(listener)) {
            for (int minute = 0; minute < 10; minute++) {
                pass(Duration.ofSeconds(59));
                talk.say("NOOP").expect("250");
            }
            pass(Duration.ofSeconds(11));
            talk.expect("421 4.4.2 no mail").expectEnd();
        }
    }

    @Test
    void a_client_that_sends_a_mail_now_and_then_stays() {
        try (var silent = SmtpConversation.greeted(listener);
                var talk = SmtpConversation.inData(listener)) {
            talk.send("x\r\n.\r\n").expect("250 2.0.0");
            for (int i = 0; i < 10; i++) {
                pass(Duration.ofSeconds(250));
                mail(talk);
            }
            // Now the rounds have been made and did not hit the other one.
            silent.expect("421 4.4.2").expectEnd();
            talk.say("QUIT").expect("221").expectEnd();
        }
    }

    @Test
    void when_the_listener_is_nearly_full_who_does_nothing_makes_room_within_ten_seconds() {
        List<SmtpConversation> idle = new ArrayList<>();
        try {
            for (int i = 0; i < PLACES; i++) {
                idle.add(SmtpConversation.greeted(listener));
            }
            try (var late = SmtpConversation.with(listener)) {
                late.expect("421 4.3.2").expectEnd();
            }
            pass(Duration.ofSeconds(11));
            idle.forEach(talk -> talk.expect("421 4.4.2 nothing heard"));
            Poll.until("a place", this::isGreeted);
            takesMail();
        } finally {
            idle.forEach(SmtpConversation::close);
        }
    }

    @Test
    void when_the_listener_is_nearly_full_who_only_talks_makes_room_within_thirty_seconds() {
        List<SmtpConversation> talkers = new ArrayList<>();
        try {
            for (int i = 0; i < PLACES; i++) {
                talkers.add(SmtpConversation.greeted(listener));
            }
            for (int i = 0; i < 4; i++) {
                pass(Duration.ofSeconds(7));
                talkers.forEach(talk -> talk.say("NOOP").expect("250"));
            }
            pass(Duration.ofSeconds(3));
            talkers.forEach(talk -> talk.expect("421 4.4.2 no mail"));
            Poll.until("a place", this::isGreeted);
        } finally {
            talkers.forEach(SmtpConversation::close);
        }
    }

    /** Sends a piece, lets that much time pass, and so on until the listener says something. */
    private void drip(SmtpConversation talk, String piece, Duration pause) {
        Poll.until("the listener to give up", () -> {
            pass(pause);
            try {
                talk.send(piece);
            } catch (UncheckedIOException closed) {
                return true;
            }
            return talk.hasInput();
        });
    }

    private void pass(Duration time) {
        clock.pass(time);
    }

    private boolean isGreeted() {
        try (var talk = SmtpConversation.with(listener)) {
            return talk.reply().getLast().startsWith("220");
        }
    }

    private void takesMail() {
        try (var talk = SmtpConversation.inData(listener)) {
            talk.send("x\r\n.\r\n").expect("250 2.0.0");
        }
    }

    private static void mail(SmtpConversation talk) {
        talk.say("MAIL FROM:<>").expect("250");
        talk.say("RCPT TO:<probe@company.test>").expect("250");
        talk.say("DATA").expect("354").send("x\r\n.\r\n").expect("250 2.0.0");
    }
}
