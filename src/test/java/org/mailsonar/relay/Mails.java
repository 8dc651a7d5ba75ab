package org.mailsonar.relay;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.testing.ScriptedServer;

/** Mail and relays for tests. */
final class Mails {

    static final EmailAddress PROBE = new EmailAddress("probe", "monitor.test");
    static final EmailAddress WEBSCOUT = new EmailAddress("webscout", "company.test");
    static final EmailAddress POSTMASTER = new EmailAddress("postmaster", "company.test");
    static final String TEXT = "Subject: hello\r\n\r\nHello\r\n";

    private Mails() {}

    static OutgoingMail hello() {
        return mail(TEXT);
    }

    static OutgoingMail mail(String content) {
        return new OutgoingMail(Envelope.to(PROBE, WEBSCOUT), content.getBytes(StandardCharsets.ISO_8859_1));
    }

    static OutgoingMail helloTo(EmailAddress... recipients) {
        return new OutgoingMail(new Envelope(PROBE, List.of(recipients)), TEXT.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A relay to the server, with time limits that suit a server that answers. */
    static Relay relay(ScriptedServer server) {
        return relay(server, "");
    }

    static Relay relay(ScriptedServer server, String options) {
        return RelaySettings.parse("smtp://127.0.0.1:" + server.port() + options, null)
                .open();
    }

    /** A relay for a server that does not answer. */
    static Relay impatient(ScriptedServer server) {
        return relay(server, "?replyTimeout=400ms&dataTimeout=400ms&starttls=auto");
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
