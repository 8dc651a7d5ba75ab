package org.mailsonar.intake.mailbox;

import java.time.Duration;

/** A mailbox as its protocol has it; used by one thread. What it knows of messages lasts from one connection to the next. */
sealed interface Mailbox permits ImapMailbox, Pop3Mailbox {

    /**
     * Connects, hands new messages to the desk, deletes what is done, and goes on for as long as the protocol can: IMAP until the watch
     * ends, POP3 once.
     *
     * @return when to look again
     * @throws MailboxTrouble when the connection cannot be made or is lost; what was done until then is known here
     */
    Duration attend(Watch watch) throws MailboxTrouble;
}
