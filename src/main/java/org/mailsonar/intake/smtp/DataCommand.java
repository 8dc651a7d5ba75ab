package org.mailsonar.intake.smtp;

import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.jspecify.annotations.Nullable;

/** DATA (RFC 5321 §4.1.1.4): from its reply on, the connection reads content and no commands. Thread-safe. */
final class DataCommand implements CommandHandler<SmtpSession> {

    private static final SmtpReply GO_ON = SmtpReply.of("354 send the message, end it with CRLF.CRLF");
    private static final SmtpReply NO_RECIPIENT = SmtpReply.of("503 5.5.1 say MAIL and RCPT first");
    private static final SmtpReply SYNTAX = SmtpReply.of("501 5.5.4 DATA has no argument");

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        @Nullable String argument = request.getArgument();
        if (argument != null && !argument.isEmpty()) {
            return SYNTAX;
        }
        if (!session.hasRecipients()) {
            return NO_RECIPIENT;
        }
        session.expectContent();
        return GO_ON;
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of("DATA");
    }
}
