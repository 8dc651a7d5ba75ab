package org.mailsonar.intake;

import java.time.Duration;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.MailMessage;
import org.mailsonar.time.Moment;

/**
 * A message that came in, with what is known of its coming.
 *
 * @param envelope sender and recipients, as the mail system told them
 * @param message the message, byte for byte
 * @param truncated whether the message was longer than the intake's limit and {@code message} is only its beginning; an
 *     SMTP listener refuses such mail itself
 * @param received when the last byte was read
 * @param resolution how exact {@code received} is: the message may have been there for this long already
 * @param client who brought it, for logs: {@code 127.0.0.1:51034} or {@code pipe}
 * @param junk whether it lay in a mailbox's folder for junk, where people do not see it
 */
public record ReceivedMail(
        Envelope envelope,
        MailMessage message,
        boolean truncated,
        Moment received,
        Duration resolution,
        String client,
        boolean junk) {

    /** A message that is not among junk. */
    public ReceivedMail(
            Envelope envelope,
            MailMessage message,
            boolean truncated,
            Moment received,
            Duration resolution,
            String client) {
        this(envelope, message, truncated, received, resolution, client, false);
    }
}
