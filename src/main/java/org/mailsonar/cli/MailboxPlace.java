package org.mailsonar.cli;

import java.util.Optional;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.mailbox.MailboxAgent;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.time.TimeSource;

/**
 * A watched mailbox.
 *
 * @param settings whose, and how
 * @param handler what stands behind it
 */
record MailboxPlace(MailboxSettings settings, MailHandler handler) implements Place {

    @Override
    public String where() {
        return settings.describe();
    }

    @Override
    public MailboxAgent start() {
        return MailboxAgent.start(settings, handler, TimeSource.system());
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
