package org.mailsonar.intake.smtp;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;

/**
 * MAIL (RFC 5321 §4.1.1.2) with SIZE (RFC 1870), BODY (RFC 6152) and SMTPUTF8 (RFC 6531). Any sender is taken, the empty one
 * too; whether the mail is wanted is the handler's to say. Thread-safe.
 */
final class MailCommand implements CommandHandler<SmtpSession> {

    private static final SmtpReply ACCEPTED = SmtpReply.of("250 2.1.0 sender ok");
    private static final SmtpReply NESTED = SmtpReply.of("503 5.5.1 a mail is under way; RSET gives it up");
    private static final SmtpReply SYNTAX = SmtpReply.of("501 5.5.4 the form is MAIL FROM:<address>");
    private static final SmtpReply BAD_ADDRESS = SmtpReply.of("553 5.1.7 the sender's address is malformed");
    private static final SmtpReply NEEDS_UTF8 = SmtpReply.of("553 5.6.7 such an address needs SMTPUTF8");
    private static final SmtpReply UNKNOWN_PARAMETER = SmtpReply.of("555 5.5.4 unknown MAIL parameter");
    private static final SmtpReply BAD_PARAMETER = SmtpReply.of("501 5.5.4 bad value of a MAIL parameter");

    private final SmtpReply notGreeted;
    private final int maxMessageSize;

    MailCommand(ListenerSettings settings) {
        notGreeted = SmtpReply.of("503 5.5.1 say " + settings.protocol().hello() + " first");
        maxMessageSize = settings.limits().messageSize();
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        if (!session.isGreeted()) {
            return notGreeted;
        }
        if (session.isOpen()) {
            return NESTED;
        }
        SmtpPath path = SmtpPath.parse("FROM", request.getArgument());
        if (path == null) {
            return SYNTAX;
        }
        for (String parameter : path.parameters()) {
            SmtpReply fault = check(parameter.toUpperCase(Locale.ROOT));
            if (fault != null) {
                return fault;
            }
        }
        return begin(session, path);
    }

    private static SmtpReply begin(SmtpSession session, SmtpPath path) {
        boolean utf8 = path.parameters().stream().anyMatch("SMTPUTF8"::equalsIgnoreCase);
        if (path.isInternationalized() && !utf8) {
            return NEEDS_UTF8;
        }
        try {
            session.begin(path.address().isEmpty() ? null : EmailAddress.parse(path.address()), utf8);
            return ACCEPTED;
        } catch (IllegalArgumentException malformed) {
            return BAD_ADDRESS;
        }
    }

    private @Nullable SmtpReply check(String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        return switch (name) {
            case "SIZE" -> checkSize(value);
            case "BODY" -> value.equals("7BIT") || value.equals("8BITMIME") ? null : BAD_PARAMETER;
            case "SMTPUTF8" -> equals < 0 ? null : BAD_PARAMETER;
            default -> UNKNOWN_PARAMETER;
        };
    }

    private @Nullable SmtpReply checkSize(String value) {
        if (!value.matches("[0-9]{1,20}")) {
            return BAD_PARAMETER;
        }
        boolean fits = value.length() < 9
                ? Integer.parseInt(value) <= maxMessageSize
                : new BigInteger(value).compareTo(BigInteger.valueOf(maxMessageSize)) <= 0;
        return fits ? null : SmtpReply.TOO_LARGE;
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of("MAIL");
    }
}
