package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.testing.RelayAttempts;
import org.mailsonar.testing.RelayAttempts.Attempt;

/** The listener takes mail for its own recipients and never for anyone else. */
class NoRelayTest {

    private final BlockingQueue<ReceivedMail> received = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init")
    private SmtpListener listener;

    @BeforeEach
    void start() {
        ListenerSettings settings =
                ListenerSettings.on("127.0.0.1", 0).accepting(EmailAddress.parse(RelayAttempts.OURS));
        listener = SmtpListener.start(settings, mail -> {
            received.add(mail);
            return new Disposition.Accepted("thanks");
        });
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    static List<Attempt> attempts() {
        return RelayAttempts.all();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void an_attempt_to_relay_is_refused_and_nothing_is_handed_over(Attempt attempt) {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.say("MAIL FROM:<" + attempt.sender() + ">").expect("250 2.1.0");
            talk.say("RCPT TO:<" + attempt.recipient() + ">").expect("5");
            talk.say("DATA").expect("503 5.5.1");
            talk.say("RCPT TO:<" + RelayAttempts.OURS + ">").expect("250 2.1.5");
            talk.say("DATA").expect("354").send("x\r\n.\r\n").expect("250");
        }
        assertThat(received)
                .singleElement()
                .satisfies(mail -> assertThat(mail.envelope().recipients())
                        .containsExactly(EmailAddress.parse(RelayAttempts.OURS)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"WEBSCOUT@COMPANY.TEST", "webscout+user@company.test", "webscout+user=elsewhere@company.test"})
    void what_is_ours_in_another_form_is_taken(String recipient) {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.say("MAIL FROM:<>")
                    .expect("250")
                    .say("RCPT TO:<" + recipient + ">")
                    .expect("250 2.1.5");
        }
    }

    @Test
    void a_sender_behind_a_source_route_is_refused() {
        try (var talk = SmtpConversation.greeted(listener)) {
            talk.say("MAIL FROM:<@elsewhere.test:user@company.test>").expect("553 5.1.7");
            talk.say("RCPT TO:<" + RelayAttempts.OURS + ">").expect("503 5.5.1");
        }
    }
}
