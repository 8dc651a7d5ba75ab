package org.mailsonar.intake.smtp;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.api.Response;
import org.mailsonar.intake.Disposition;
import org.mailsonar.message.OneLine;

/**
 * One reply, of one line or several (RFC 5321 §4.2), with an enhanced status code where the class of the reply has one (RFC
 * 2034, RFC 3463). Immutable and thread-safe.
 */
final class SmtpReply implements Response {

    static final SmtpReply LINE_TOO_LONG = of("500 5.5.2 line too long");
    static final SmtpReply BARE_LINE_FEED =
            of("521 5.5.2 lines end with CRLF, not with LF alone; closing").last();
    static final SmtpReply CONTROL_CHARACTER = of("500 5.5.2 control character in a command");
    static final SmtpReply FATAL = of("451 4.3.0 internal trouble, try again later");
    static final SmtpReply TOO_LARGE = of("552 5.3.4 message too big");
    static final SmtpReply BARE_LINE_END = of("550 5.6.0 a CR or LF stands alone in the message; lines end with CRLF");
    static final SmtpReply LOOP = of("554 5.4.6 more than 100 Received lines: the mail goes in circles");
    static final SmtpReply CLOSING =
            of("421 4.3.2 shutting down, come back later").last();
    static final SmtpReply IDLE =
            of("421 4.4.2 nothing heard for too long, closing").last();
    static final SmtpReply FULL =
            of("421 4.3.2 too many connections, come back later").last();
    static final SmtpReply CLIENT_FULL =
            of("421 4.7.0 too many connections from your address").last();
    static final SmtpReply EARLY =
            of("554 5.5.1 you talk before you are greeted, closing").last();
    static final SmtpReply TOO_MANY_ERRORS =
            of("421 4.7.0 too many errors, closing").last();
    static final SmtpReply TOO_MANY_COMMANDS =
            of("421 4.7.0 too many commands without a mail, closing").last();
    static final SmtpReply SLOW = of("421 4.4.2 this takes too long, closing").last();
    static final SmtpReply WITHOUT_MAIL =
            of("421 4.4.2 no mail for too long, closing").last();
    static final SmtpReply NO_ROOM = of("452 4.3.1 no room for the message now, try again later");

    private final List<CharSequence> lines;
    private final boolean endsSession;

    private SmtpReply(List<CharSequence> lines, boolean endsSession) {
        this.lines = lines;
        this.endsSession = endsSession;
    }

    /** A reply of one line; it begins with the code, and the text is this program's own. */
    static SmtpReply of(String line) {
        return new SmtpReply(List.of(line), false);
    }

    /** A reply of several lines, for EHLO. */
    static SmtpReply of(String code, List<String> texts) {
        List<CharSequence> lines = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            lines.add(code + (i < texts.size() - 1 ? '-' : ' ') + texts.get(i));
        }
        return new SmtpReply(List.copyOf(lines), false);
    }

    /** What the handler decided, in SMTP's terms; its text is made fit for a reply line. */
    static SmtpReply to(Disposition disposition) {
        String code = switch (disposition) {
            case Disposition.Accepted _, Disposition.Discarded _ -> "250 2.0.0 ";
            case Disposition.Unwanted _ -> "550 5.7.1 ";
            case Disposition.Failed _ -> "554 5.0.0 ";
            case Disposition.Deferred _ -> "451 4.3.0 ";
        };
        return of(code + OneLine.ascii(disposition.text()));
    }

    /** The same reply as the last of its connection. */
    SmtpReply last() {
        return new SmtpReply(lines, true);
    }

    @Override
    public String getRetCode() {
        return lines.getFirst().subSequence(0, 3).toString();
    }

    @Override
    public List<CharSequence> getLines() {
        return lines;
    }

    @Override
    public boolean isEndSession() {
        return endsSession;
    }

    @Override
    public String toString() {
        return String.join(" / ", lines);
    }
}
