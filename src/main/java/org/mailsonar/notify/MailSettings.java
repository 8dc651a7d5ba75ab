package org.mailsonar.notify;

import java.util.List;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.relay.RelaySettings;
import org.mailsonar.time.TimeSource;

/**
 * People who are told by mail; for those who like to read it later, and never the only way.
 *
 * @param relay by which it leaves
 * @param from whose it is, in the header and in the envelope
 * @param to who gets it; at least one
 */
public record MailSettings(RelaySettings relay, EmailAddress from, List<EmailAddress> to) implements WaySettings {

    /** Refuses to send to nobody, with an {@link IllegalArgumentException}. */
    public MailSettings {
        to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("nobody to send to; write for example [admin@elsewhere.test]");
        }
    }

    @Override
    public Notifier open(TimeSource time) {
        return new MailNotifier(this, time);
    }

    @Override
    public String describe() {
        return "mail by " + relay.describe();
    }

    @Override
    public boolean isMail() {
        return true;
    }
}
