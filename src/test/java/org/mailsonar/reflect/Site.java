package org.mailsonar.reflect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.MailMessage;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.time.Moment;

/** A mail site with a reflector that trusts the monitor, and the mail that comes to it. */
final class Site {

    static final EmailAddress BOUNCES = EmailAddress.parse("probe+" + TestProbes.ID + "@monitor.test");

    private Site() {}

    /** A site that is probed at these addresses and returns to where the patterns allow. */
    static ReflectorSettings settings(List<EmailAddress> recipients, String... returnTo) {
        Trust trust = new Trust(
                TestProbes.monitorKey(),
                Arrays.stream(returnTo).map(AddressPattern::parse).toList());
        EmailAddress address = recipients.isEmpty() ? TestProbes.TARGET : recipients.getFirst();
        return new ReflectorSettings(
                address, recipients, List.of(trust), null, Duration.ofDays(2), "mx1.company.test", "0.1");
    }

    static ReflectorSettings settings() {
        return settings(List.of(TestProbes.TARGET), "*@monitor.test");
    }

    static String probe() {
        return new String(TestProbes.probe(), ISO_8859_1);
    }

    /** Mail from the monitor to the target. */
    static ReceivedMail mail(String message) {
        return mail(message, BOUNCES, TestProbes.TARGET);
    }

    static ReceivedMail mail(String message, @Nullable EmailAddress sender, EmailAddress... recipients) {
        return new ReceivedMail(
                new Envelope(sender, List.of(recipients)),
                MailMessage.of(message.getBytes(ISO_8859_1)),
                false,
                new Moment(TestProbes.ARRIVAL, 0),
                Duration.ZERO,
                "test");
    }

    /** The same, of which the intake kept the beginning alone. */
    static ReceivedMail truncated(ReceivedMail mail) {
        return new ReceivedMail(
                mail.envelope(), mail.message(), true, mail.received(), mail.resolution(), mail.client());
    }

    /** The same, arrived at another time. */
    static ReceivedMail later(ReceivedMail mail, Duration delay) {
        return new ReceivedMail(
                mail.envelope(),
                mail.message(),
                mail.truncated(),
                new Moment(mail.received().wall().plus(delay), 0),
                mail.resolution(),
                mail.client());
    }
}
