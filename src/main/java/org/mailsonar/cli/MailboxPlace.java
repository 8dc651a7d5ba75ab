package org.mailsonar.cli;

import java.util.Optional;
import org.mailsonar.intake.Expectation;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.mailbox.MailboxAgent;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.time.TimeSource;

/**
 * A watched mailbox.
 *
 * @param settings whose, and how
 * @param handler what stands behind it
 * @param expectation what is known of mail that is on its way there
 */
record MailboxPlace(MailboxSettings settings, MailHandler handler, Expectation expectation) implements Place {

    /** One of whose mail nothing is known before it is there. */
    MailboxPlace(MailboxSettings settings, MailHandler handler) {
        this(settings, handler, Expectation.NONE);
    }

    @Override
    public String where() {
        return settings.describe();
    }

    @Override
    public MailboxAgent start() {
        return MailboxAgent.start(settings, handler, TimeSource.system(), expectation);
    }

    /** Logs in and looks, with a handler that puts everything off, so all mail stays. */
    @Override
    public Optional<String> check() {
        return MailboxAgent.check(settings, TimeSource.system());
    }

    @Override
    public String describe() {
        return "mailbox " + settings.describe();
    }
}
