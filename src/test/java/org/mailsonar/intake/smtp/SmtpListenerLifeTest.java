package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.message.EmailAddress;

/** Threads, limits and the end of a listener. */
@Timeout(60)
class SmtpListenerLifeTest {

    private static final ListenerSettings SETTINGS =
            ListenerSettings.on("127.0.0.1", 0).accepting(EmailAddress.parse("probe@company.test"));

    private static final MailHandler THANKFUL = mail -> new Disposition.Accepted("thanks");

    @Test
    void sixty_four_handlers_that_block_keep_no_other_client_waiting() {
        CountDownLatch entered = new CountDownLatch(64);
        CountDownLatch released = new CountDownLatch(1);
        MailHandler handler = mail -> {
            if (mail.message().first("Block").isPresent()) {
                entered.countDown();
                await(released);
            }
            return new Disposition.Accepted("thanks");
        };
        List<SmtpConversation> blocked = new ArrayList<>();
        try (var listener = SmtpListener.start(SETTINGS, handler)) {
            IntStream.range(0, 64)
                    .forEach(i -> blocked.add(SmtpConversation.inData(listener).send("Block: yes\r\n\r\n.\r\n")));
            await(entered);
            try (var talk = SmtpConversation.inData(listener)) {
                talk.send("x\r\n.\r\n").expect("250 2.0.0").say("QUIT").expect("221");
            }
            released.countDown();
            blocked.forEach(talk -> talk.expect("250 2.0.0 thanks").close());
        }
    }

    @Test
    void nothing_is_answered_before_the_handler_has_decided() {
        CountDownLatch entered = new CountDownLatch(1);
        Semaphore permit = new Semaphore(0);
        MailHandler handler = mail -> {
            entered.countDown();
            permit.acquireUninterruptibly();
            return new Disposition.Accepted("thanks");
        };
        try (var listener = SmtpListener.start(SETTINGS, handler);
                var talk = SmtpConversation.inData(listener).send("x\r\n.\r\n");
                var other = SmtpConversation.greeted(listener)) {
            await(entered);
            // The one event loop has served another client since, so an early answer would be there by now.
            other.say("NOOP").expect("250");
            assertThat(talk.hasInput()).isFalse();
            permit.release();
            talk.expect("250 2.0.0 thanks");
        }
    }

    @Test
    void commands_sent_behind_a_mail_wait_for_its_answer() {
        Semaphore permit = new Semaphore(0);
        MailHandler handler = mail -> {
            permit.acquireUninterruptibly();
            return new Disposition.Deferred("later");
        };
        try (var listener = SmtpListener.start(SETTINGS, handler);
                var talk = SmtpConversation.inData(listener)) {
            talk.send("x\r\n.\r\nNOOP\r\n").say("VRFY x").say("QUIT");
            permit.release();
            talk.expect("451").expect("250").expect("252").expect("221").expectEnd();
        }
    }

    @Test
    void a_client_that_sends_much_and_reads_late_gets_every_reply() {
        int commands = 300_000;
        ListenerLimits limits = ListenerLimits.STANDARD;
        limits = limits.withSession(limits.session().withCommands(2 * commands));
        try (var listener = SmtpListener.start(SETTINGS.limitedBy(limits), THANKFUL);
                var talk = SmtpConversation.greeted(listener)) {
            Thread sender = Thread.startVirtualThread(() ->
                    IntStream.range(0, 300).forEach(i -> talk.send("NOOP\r\n".repeat(commands / 300))));
            IntStream.range(0, commands).forEach(i -> talk.expect("250 2.0.0"));
            join(sender);
            talk.say("QUIT").expect("221").expectEnd();
        }
    }

    @Test
    void one_connection_too_many_is_told_421() {
        try (var listener = SmtpListener.start(SETTINGS.withMaxConnections(2), THANKFUL);
                var first = SmtpConversation.greeted(listener);
                var second = SmtpConversation.greeted(listener);
                var third = SmtpConversation.with(listener)) {
            third.expect("421 4.3.2").expectEnd();
            first.say("NOOP").expect("250");
            second.say("QUIT").expect("221").expectEnd();
        }
    }

    @Test
    void a_silent_client_is_told_421() {
        try (var listener = SmtpListener.start(SETTINGS.withIdleLimit(Duration.ofMillis(50)), THANKFUL);
                var talk = SmtpConversation.with(listener)) {
            talk.expect("220").expect("421 4.4.2").expectEnd();
        }
    }

    @Test
    void a_handler_that_takes_longer_than_the_idle_limit_is_waited_for() {
        CountDownLatch idleLimitIsOver = new CountDownLatch(1);
        MailHandler handler = mail -> {
            await(idleLimitIsOver);
            return new Disposition.Accepted("thanks");
        };
        try (var listener = SmtpListener.start(SETTINGS.withIdleLimit(Duration.ofSeconds(1)), handler);
                var talk = SmtpConversation.inData(listener).send("x\r\n.\r\n");
                var silent = SmtpConversation.with(listener)) {
            silent.expect("220").expect("421 4.4.2").expectEnd();
            idleLimitIsOver.countDown();
            talk.expect("250 2.0.0");
        }
    }

    @Test
    void closing_lets_a_running_handler_finish_and_tells_the_others() {
        CountDownLatch entered = new CountDownLatch(1);
        Semaphore permit = new Semaphore(0);
        SmtpListener listener = SmtpListener.start(SETTINGS, mail -> {
            entered.countDown();
            permit.acquireUninterruptibly();
            return new Disposition.Accepted("thanks");
        });
        try (var busy = SmtpConversation.inData(listener).send("x\r\n.\r\n");
                var idle = SmtpConversation.greeted(listener)) {
            await(entered);
            Thread closer = Thread.startVirtualThread(listener::close);
            idle.expect("421 4.3.2").expectEnd();
            permit.release();
            busy.expect("250 2.0.0 thanks").expect("421 4.3.2").expectEnd();
            join(closer);
        }
    }

    @Test
    void a_handler_that_outlasts_the_closing_limit_is_interrupted_and_its_client_keeps_the_mail() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        SmtpListener listener = SmtpListener.start(SETTINGS.withClosingLimit(Duration.ZERO), mail -> {
            entered.countDown();
            try {
                new Semaphore(0).acquire();
            } catch (InterruptedException hurried) {
                interrupted.countDown();
            }
            return new Disposition.Deferred("interrupted");
        });
        try (var talk = SmtpConversation.inData(listener).send("x\r\n.\r\n")) {
            await(entered);
            listener.close();
            await(interrupted);
            assertThat(talk.rest()).doesNotContain("250");
        }
    }

    @Test
    void starting_and_stopping_leaves_no_thread_behind() {
        for (int i = 0; i < 20; i++) {
            try (var listener = SmtpListener.start(SETTINGS, THANKFUL);
                    var talk = SmtpConversation.inData(listener)) {
                talk.send("x\r\n.\r\n").expect("250");
            }
        }
        List<Thread> left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("smtp-listener"))
                .toList();
        // A thread counts as ended an instant before it is gone.
        left.forEach(SmtpListenerLifeTest::join);
        assertThat(left).noneMatch(Thread::isAlive);
    }

    @Test
    void a_port_in_use_is_told_in_one_line() {
        try (var listener = SmtpListener.start(SETTINGS, THANKFUL)) {
            int port = listener.port();
            assertThatExceptionOfType(CannotListenException.class)
                    .isThrownBy(() -> SmtpListener.start(ListenerSettings.on("127.0.0.1", port), THANKFUL))
                    .withMessage("cannot listen on 127.0.0.1:" + port
                            + ": address already in use; another program listens there");
        }
    }

    @Test
    void an_address_of_another_machine_is_told_in_one_line() {
        assertThatExceptionOfType(CannotListenException.class)
                .isThrownBy(() -> SmtpListener.start(ListenerSettings.on("192.0.2.1", 2525), THANKFUL))
                .withMessage("cannot listen on 192.0.2.1:2525: cannot assign requested address;"
                        + " this machine does not have that address");
    }

    @Test
    void a_port_is_free_again_after_closing_and_closing_twice_does_nothing() {
        SmtpListener first = SmtpListener.start(SETTINGS, THANKFUL);
        first.close();
        first.close();
        try (var second = SmtpListener.start(ListenerSettings.on("127.0.0.1", first.port()), THANKFUL);
                var talk = SmtpConversation.with(second)) {
            talk.expect("220");
        }
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ListenerSettings.on("127.0.0.1", 65536));
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.named(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withMaxConnections(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withMaxMessageSize(0));
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withIdleLimit(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.withClosingLimit(Duration.ofSeconds(-1)));
        ListenerLimits limits = SETTINGS.limits();
        assertThatIllegalArgumentException().isThrownBy(() -> limits.withConnectionsPerClient(0));
        assertThatIllegalArgumentException().isThrownBy(() -> limits.withMemory(-1));
        SessionLimits session = limits.session();
        assertThatIllegalArgumentException().isThrownBy(() -> session.withCommands(3));
        assertThatIllegalArgumentException().isThrownBy(() -> session.withErrors(0));
        assertThatIllegalArgumentException().isThrownBy(() -> session.withGreetingPause(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> session.patience().withCommand(Duration.ZERO));
    }

    @Test
    void nobody_is_accepted_until_told_so() {
        try (var listener = SmtpListener.start(ListenerSettings.on("127.0.0.1", 0), THANKFUL);
                var talk = SmtpConversation.greeted(listener)) {
            talk.say("MAIL FROM:<>")
                    .expect("250")
                    .say("RCPT TO:<probe@company.test>")
                    .expect("550 5.1.1");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException hurried) {
            throw new IllegalStateException(hurried);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            throw new IllegalStateException(hurried);
        }
    }
}
