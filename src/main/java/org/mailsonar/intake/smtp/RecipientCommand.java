package org.mailsonar.intake.smtp;

import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.mailsonar.message.EmailAddress;

/** RCPT (RFC 5321 §4.1.1.3): who is not accepted is refused here, so nothing is ever relayed or bounced. Thread-safe. */
final class RecipientCommand implements CommandHandler<SmtpSession> {

    private static final SmtpReply ACCEPTED = SmtpReply.of("250 2.1.5 recipient ok");
    private static final SmtpReply NO_MAIL = SmtpReply.of("503 5.5.1 say MAIL first");
    private static final SmtpReply SYNTAX = SmtpReply.of("501 5.5.4 the form is RCPT TO:<address>");
    private static final SmtpReply UNKNOWN_PARAMETER = SmtpReply.of("555 5.5.4 unknown RCPT parameter");
    private static final SmtpReply NEEDS_UTF8 = SmtpReply.of("553 5.6.7 such an address needs SMTPUTF8");
    private static final SmtpReply UNKNOWN_RECIPIENT = SmtpReply.of("550 5.1.1 no such mailbox here");
    private static final SmtpReply TOO_MANY = SmtpReply.of("452 4.5.3 too many recipients");

    private final Predicate<EmailAddress> recipients;

    RecipientCommand(Predicate<EmailAddress> recipients) {
        this.recipients = recipients;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        if (!session.isOpen()) {
            return NO_MAIL;
        }
        SmtpPath path = SmtpPath.parse("TO", request.getArgument());
        if (path == null) {
            return SYNTAX;
        }
        if (!path.parameters().isEmpty()) {
            return UNKNOWN_PARAMETER;
        }
        if (path.isInternationalized() && !session.isInternationalized()) {
            return NEEDS_UTF8;
        }
        return session.isFull() ? TOO_MANY : add(session, path.address());
    }

    private SmtpReply add(SmtpSession session, String text) {
        EmailAddress address;
        try {
            address = EmailAddress.parse(text);
        } catch (IllegalArgumentException malformed) {
            return UNKNOWN_RECIPIENT;
        }
        if (isRouted(address) || !recipients.test(address)) {
            return UNKNOWN_RECIPIENT;
        }
        session.add(address);
        return ACCEPTED;
    }

    /**
     * Whether the extension names another place, as in {@code probe+user%elsewhere@company.test}. The recipient would be ours, but
     * nobody writes that who does not try whether a host relays, and a 250 would tell him that it does.
     */
    private static boolean isRouted(EmailAddress address) {
        int plus = address.local().indexOf('+');
        String extension = plus < 0 ? "" : address.local().substring(plus);
        return extension.indexOf('%') >= 0 || extension.indexOf('!') >= 0;
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of("RCPT");
    }
}
