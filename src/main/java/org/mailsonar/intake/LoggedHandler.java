package org.mailsonar.intake;

import java.util.function.Consumer;
import org.mailsonar.message.EmailAddress;

/**
 * Writes one line for each message that another handler has handled: what became of it, from whom, by whom, and why. Strangers'
 * text in it is made printable, so nobody can write a line of his own into the log.
 */
public final class LoggedHandler implements MailHandler {

    private static final int LONGEST = 2000;

    private final MailHandler handler;
    private final Consumer<String> log;

    /**
     * A handler that logs.
     *
     * @param handler does the work
     * @param log takes a line, without a line end
     */
    public LoggedHandler(MailHandler handler, Consumer<String> log) {
        this.handler = handler;
        this.log = log;
    }

    @Override
    public Disposition handle(ReceivedMail mail) {
        Disposition disposition;
        try {
            disposition = handler.handle(mail);
        } catch (RuntimeException failure) {
            disposition = new Disposition.Deferred("unexpected: " + failure);
        }
        log.accept(line(mail, disposition));
        return disposition;
    }

    private static String line(ReceivedMail mail, Disposition disposition) {
        EmailAddress sender = mail.envelope().sender();
        String text = disposition.name() + " from=<" + (sender == null ? "" : sender) + "> to=<"
                + mail.envelope().recipients().getFirst() + "> client=" + mail.client() + " size="
                + mail.message().size() + (mail.truncated() ? "+" : "") + " " + disposition.text();
        return printable(text);
    }

    /** Controls include those that turn the direction of writing around and so could show a line as another one. */
    private static String printable(String text) {
        int length = Math.min(text.length(), LONGEST);
        StringBuilder line = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            line.append(isPrintable(c) ? c : '?');
        }
        return line.append(length < text.length() ? "…" : "").toString();
    }

    private static boolean isPrintable(char c) {
        return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT && c != '\u2028' && c != '\u2029';
    }
}
