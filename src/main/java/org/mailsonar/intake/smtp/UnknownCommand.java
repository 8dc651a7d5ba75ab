package org.mailsonar.intake.smtp;

import java.util.Set;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.UnknownCommandHandler;

/** All other commands, those of the other dialect too (RFC 2033 §4.1): 502 for those that a standard knows and the listener does not offer, 500 for the rest. Thread-safe. */
final class UnknownCommand extends UnknownCommandHandler<SmtpSession> {

    private static final SmtpReply NOT_OFFERED = SmtpReply.of("502 5.5.1 command not offered here");
    private static final SmtpReply UNKNOWN = SmtpReply.of("500 5.5.2 command not known");
    private static final Set<String> STANDARD =
            Set.of("STARTTLS", "AUTH", "BDAT", "ETRN", "TURN", "ATRN", "SEND", "SOML", "SAML", "BURL");

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        return STANDARD.contains(request.getCommand()) ? NOT_OFFERED : UNKNOWN;
    }
}
