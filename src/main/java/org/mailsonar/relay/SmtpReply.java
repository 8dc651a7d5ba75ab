package org.mailsonar.relay;

import java.util.List;
import org.mailsonar.message.OneLine;

/**
 * A server's reply (RFC 5321 §4.2).
 *
 * @param code 200 to 599
 * @param lines what stands behind the code, for each line; at least one
 */
record SmtpReply(int code, List<String> lines) {

    boolean isPositive() {
        return code < 300;
    }

    boolean isPermanent() {
        return code >= 500;
    }

    /** The server says that it closes the connection (RFC 5321 §3.8), whatever the command was. */
    boolean isClosing() {
        return code == 421;
    }

    /** Code and text on one line, {@code 250 2.0.0 Ok: queued as 4F2C1}; an enhanced status (RFC 2034) stands there once. */
    String text() {
        String first = lines.getFirst();
        if (lines.size() == 1) {
            return OneLine.ascii(code + " " + first);
        }
        int blank = first.indexOf(' ');
        String status = blank > 0 && Character.isDigit(first.charAt(0)) ? first.substring(0, blank + 1) : "";
        StringBuilder text = new StringBuilder().append(code).append(' ').append(first);
        for (String line : lines.subList(1, lines.size())) {
            text.append(' ').append(line.startsWith(status) ? line.substring(status.length()) : line);
        }
        return OneLine.ascii(text.toString());
    }
}
