package org.mailsonar.check.protocol;

import org.mailsonar.check.Check;
import org.mailsonar.time.TimeSource;

/** Makes checks of a protocol. */
public final class ProtocolChecks {

    private ProtocolChecks() {}

    /**
     * A check by the dialogue of the URL's scheme: tcp, smtp, smtps, lmtp, submission, pop3, pop3s, imap, imaps, nntp, ftp.
     *
     * @throws IllegalArgumentException when there is none for this scheme, or the settings make no sense
     */
    public static Check of(CheckSettings settings, TimeSource time) {
        Dialogue dialogue = Dialogues.of(settings.url().scheme());
        if (dialogue == null) {
            throw new IllegalArgumentException(settings.url() + ": there is no dialogue for "
                    + settings.url().scheme());
        }
        return of(settings, dialogue, time);
    }

    /**
     * A check by any dialogue.
     *
     * @throws IllegalArgumentException when the settings make no sense
     */
    public static Check of(CheckSettings settings, Dialogue dialogue, TimeSource time) {
        return new ProtocolCheck(settings, dialogue, time);
    }
}
