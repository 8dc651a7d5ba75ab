package org.mailsonar.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an SMTP client says before DATA: who gets the bounces and who gets the mail (RFC 5321 §2.3.1).
 *
 * @param sender the return path; null for the empty one, {@code <>}
 * @param recipients in the order given; at least one
 */
public record Envelope(@Nullable EmailAddress sender, List<EmailAddress> recipients) {

    public Envelope {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("an envelope needs a recipient");
        }
    }

    /** An envelope to one address. */
    public static Envelope to(@Nullable EmailAddress sender, EmailAddress recipient) {
        return new Envelope(sender, List.of(recipient));
    }

    /** The sender as it stands in {@code MAIL FROM:<…>}: empty for the empty return path. */
    public String senderOrEmpty() {
        return sender == null ? "" : sender.toString();
    }
}
