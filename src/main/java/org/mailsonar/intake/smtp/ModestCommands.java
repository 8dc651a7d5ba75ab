package org.mailsonar.intake.smtp;

import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;

/** QUIT, HELP and VRFY, which answer the same whatever was said before (RFC 5321 §4.1.1.6 to §4.1.1.10). Thread-safe. */
final class ModestCommands implements CommandHandler<SmtpSession> {

    private static final SmtpReply VERIFY =
            SmtpReply.of("252 2.5.2 cannot tell who has a mailbox here; send and RCPT will say");

    private final SmtpReply farewell;
    private final SmtpReply help;

    ModestCommands(ListenerSettings settings) {
        boolean lmtp = settings.protocol().isLmtp();
        farewell = SmtpReply.of("221 2.0.0 " + settings.hostName() + " closing").last();
        help = SmtpReply.of("214 2.0.0 " + (lmtp ? "LHLO" : "EHLO HELO")
                + " MAIL RCPT DATA RSET NOOP VRFY HELP QUIT; see RFC " + (lmtp ? "2033" : "5321"));
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        return switch (request.getCommand()) {
            case "QUIT" -> farewell;
            case "VRFY" -> VERIFY;
            default -> help;
        };
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of("QUIT", "HELP", "VRFY");
    }
}
