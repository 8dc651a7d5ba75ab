package org.mailsonar.intake.smtp;

import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.jspecify.annotations.Nullable;

/** STARTTLS (RFC 3207): behind its reply the connection begins a handshake. Thread-safe. */
final class StartTlsCommand implements CommandHandler<SmtpSession> {

    private static final SmtpReply GO_ON = SmtpReply.of("220 2.0.0 ready for TLS");
    private static final SmtpReply SYNTAX = SmtpReply.of("501 5.5.4 STARTTLS has no argument");
    private static final SmtpReply SECURED = SmtpReply.of("503 5.5.1 TLS is in use already");

    private final ListenerTls tls;

    StartTlsCommand(ListenerTls tls) {
        this.tls = tls;
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        @Nullable String argument = request.getArgument();
        if (argument != null && !argument.isEmpty()) {
            return SYNTAX;
        }
        if (session.isTLSStarted()) {
            return SECURED;
        }
        session.demandTls(tls);
        return GO_ON;
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of("STARTTLS");
    }
}
