package org.mailsonar.intake;

/**
 * What stands behind an intake: takes one message and says what became of it.
 *
 * <p>It is called on a thread that may block, once for each message; several calls may run at the same time. Mail counts as
 * taken only when the call has returned {@link Disposition.Accepted} or {@link Disposition.Discarded}: until then it stays
 * where it was. Whatever is thrown is treated as {@link Disposition.Deferred}: the mail comes again.
 */
@FunctionalInterface
public interface MailHandler {

    /** Handles one message to its end; see {@link Disposition} for what each answer leads to. */
    Disposition handle(ReceivedMail mail);
}
