package org.mailsonar.roundtrip;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MimeParts;

/**
 * Reads why a mail system gave a message back (RFC 3464): the first recipient's status and diagnostic of a delivery status part,
 * or the bounce's subject where there is no such part.
 */
final class BounceReport {

    private static final int LONGEST_CAUSE = 500;

    private BounceReport() {}

    /** Whether a message is a report that something could not be delivered, not one of a delay or of a success. */
    static boolean isFailure(MailMessage message) {
        String action = field(message, "Action");
        return action.isEmpty() || action.equalsIgnoreCase("failed");
    }

    /** The cause, on one printable line, naming the host that said so where the report does. */
    static String cause(MailMessage message) {
        String diagnostic = field(message, "Diagnostic-Code");
        String host = field(message, "Remote-MTA");
        if (host.isEmpty()) {
            host = field(message, "Reporting-MTA");
        }
        String subject = message.first("Subject").map(Header::value).orElse("no cause given");
        String cause = diagnostic.isEmpty() ? subject : withoutType(diagnostic);
        String status = field(message, "Status");
        String full = (host.isEmpty() ? "" : withoutType(host) + ": ")
                + (status.isEmpty() || cause.contains(status) ? "" : status + " ")
                + cause;
        return printable(full);
    }

    private static String field(MailMessage message, String name) {
        for (MailMessage part : MimeParts.of(message)) {
            String type = part.first("Content-Type").map(Header::token).orElse("");
            if (type.equals("message/delivery-status") || type.equals("message/global-delivery-status")) {
                return fieldInGroups(MimeParts.text(part), name);
            }
        }
        return "";
    }

    /** A delivery status is groups of fields with an empty line between them (RFC 3464 §2.1). */
    private static String fieldInGroups(String text, String name) {
        for (String group : List.of(text.split("\r?\n[ \t]*\r?\n"))) {
            MailMessage fields = MailMessage.of(group.stripLeading().getBytes(StandardCharsets.ISO_8859_1));
            String value = fields.first(name).map(Header::value).orElse("");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    /** What stands behind the type: {@code smtp; 550 …} and {@code dns; mx.company.test}. */
    private static String withoutType(String value) {
        return value.substring(value.indexOf(';') + 1).strip();
    }

    private static String printable(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() < LONGEST_CAUSE; i++) {
            char c = text.charAt(i);
            boolean secondBlank = c == ' ' && !line.isEmpty() && line.charAt(line.length() - 1) == ' ';
            if (!secondBlank) {
                line.append(c < ' ' || c > 126 ? '?' : c);
            }
        }
        return line.toString();
    }
}
