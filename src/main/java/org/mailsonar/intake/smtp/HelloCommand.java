package org.mailsonar.intake.smtp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.jspecify.annotations.Nullable;

/**
 * HELO and EHLO (RFC 5321 §4.1.1.1), or in LMTP their one replacement, LHLO (RFC 2033 §4.1), with the extensions that the listener
 * offers. Thread-safe.
 */
final class HelloCommand implements CommandHandler<SmtpSession> {

    private final SmtpReply plain;
    private final SmtpReply extended;
    private final SmtpReply beforeTls;
    private final SmtpReply nameMissing;
    private final Collection<String> names;

    HelloCommand(ListenerSettings settings) {
        plain = SmtpReply.of("250 " + settings.hostName());
        extended = extended(settings, false);
        beforeTls = extended(settings, settings.tls() != null);
        String hello = settings.protocol().hello();
        nameMissing = SmtpReply.of("501 5.5.4 say who you are: " + hello + " host.name");
        names = settings.protocol().isLmtp() ? List.of(hello) : List.of("HELO", hello);
    }

    private static SmtpReply extended(ListenerSettings settings, boolean offersTls) {
        List<String> lines = new ArrayList<>(List.of(
                settings.hostName(), "PIPELINING", "SIZE " + settings.limits().messageSize()));
        if (offersTls) {
            lines.add("STARTTLS");
        }
        lines.addAll(List.of("8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8"));
        return SmtpReply.of("250", lines);
    }

    @Override
    public Response onCommand(SmtpSession session, Request request) {
        @Nullable String name = request.getArgument();
        if (name == null || name.isBlank()) {
            return nameMissing;
        }
        boolean isExtended = !request.getCommand().equals("HELO");
        session.greet(name.strip().split(" ", 2)[0], isExtended);
        if (!isExtended) {
            return plain;
        }
        return session.isTLSStarted() ? extended : beforeTls;
    }

    @Override
    public Collection<String> getImplCommands() {
        return names;
    }
}
