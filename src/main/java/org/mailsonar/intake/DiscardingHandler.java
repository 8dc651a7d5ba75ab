package org.mailsonar.intake;

/**
 * Takes and drops what another handler does not want, instead of having it refused: for a listener behind a mail server of one's
 * own, which would send a bounce to a forged sender for every refusal.
 */
public final class DiscardingHandler implements MailHandler {

    private final MailHandler handler;

    /** A handler that discards what {@code handler} finds unwanted. */
    public DiscardingHandler(MailHandler handler) {
        this.handler = handler;
    }

    @Override
    public Disposition handle(ReceivedMail mail) {
        Disposition disposition = handler.handle(mail);
        return disposition instanceof Disposition.Unwanted unwanted
                ? new Disposition.Discarded(unwanted.text(), unwanted.detail())
                : disposition;
    }
}
