package org.mailsonar.intake.smtp;

import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.jspecify.annotations.Nullable;

/** HELO and EHLO (RFC 5321 §4.1.1.1), with the extensions that the listener offers. Thread-safe. */
final class HelloCommand implements CommandHandler<SmtpSession> {

    private static final SmtpReply NAME_MISSING = SmtpReply.of("501 5.5.4 say who you are: EHLO host.name");

    private final SmtpReply plain;
    private final SmtpReply extended;

    HelloCommand(ListenerSettings settings) {
        plain = SmtpReply.of("250 " + settings.hostName());
        extended = SmtpReply.of(
                "250",
                List.of(
                        settings.hostName(),
                        "PIPELINING",
                        "SIZE " + settings.limits().messageSize(),
                        "8BITMIME",
                        "ENHANCEDSTATUSCODES",
                        "SMTPUTF8"));
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        @Nullable String name = request.getArgument();
        if (name == null || name.isBlank()) {
            return NAME_MISSING;
        }
        boolean isExtended = request.getCommand().equals("EHLO");
        session.greet(name.strip().split(" ", 2)[0], isExtended);
        return isExtended ? extended : plain;
    }

    @Override
    public Collection<String> getImplCommands() {
        return List.of("HELO", "EHLO");
    }
}
