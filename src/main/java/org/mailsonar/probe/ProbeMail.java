package org.mailsonar.probe;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.time.UtcText;

/**
 * Turns a signed token into the message that carries it (RFC 5322), CRLF line ends, lines of at most 78 characters (but for longer addresses); {@link
 * TokenFinder} is the way back. The token stands in a header field and once more in the body, for gateways that strip
 * headers.
 */
public final class ProbeMail {

    private static final int TOKEN_LINE = 64;
    private static final byte[] PADDING_LINE = ("x".repeat(76) + "\r\n").getBytes(StandardCharsets.US_ASCII);

    private ProbeMail() {}

    /**
     * The whole message.
     *
     * @param statement what the token states
     * @param token the signed token
     * @param from the monitor's probe address
     * @param size how many bytes the message has at least; padded with lines of text when it would be shorter
     */
    public static byte[] compose(ProbeToken statement, String token, EmailAddress from, int size) {
        StringBuilder text = new StringBuilder(2048);
        line(text, "From: Mailsonar <" + from + ">");
        line(text, "To: " + statement.to());
        line(text, "Subject: Mailsonar probe " + statement.id());
        line(text, "Date: " + UtcText.mailDate(statement.sent()));
        line(text, "Message-ID: <" + statement.id() + "@" + from.domain() + ">");
        line(text, "Auto-Submitted: auto-generated");
        line(text, TokenFinder.HEADER + ":" + broken(token, "\r\n "));
        line(text, "MIME-Version: 1.0");
        line(text, "Content-Type: text/plain; charset=" + (isAscii(text) ? "us-ascii" : "utf-8"));
        line(text, "Content-Transfer-Encoding: " + (isAscii(text) ? "7bit" : "8bit"));
        line(text, "");
        line(text, "This message measures whether mail flows to");
        line(text, statement.to() + ",");
        line(text, "and how long its way there and back takes. A program answers it;");
        line(text, "there is nothing to do. To know more, ask");
        line(text, from + ".");
        line(text, "");
        line(text, TokenBlocks.BEGIN + broken(token, "\r\n"));
        line(text, TokenBlocks.END);
        return padded(text.toString().getBytes(StandardCharsets.UTF_8), size);
    }

    /** The envelope: the sender's address is the probe's own ({@code local+id@domain}), so that a bounce finds its probe. */
    public static Envelope envelope(ProbeToken statement, EmailAddress from) {
        return Envelope.to(bounceAddress(from, statement.id()), statement.to());
    }

    /** Where bounces of a probe go (a variable envelope return path). */
    public static EmailAddress bounceAddress(EmailAddress from, ProbeId id) {
        return new EmailAddress(from.withoutExtension().local() + "+" + id, from.domain());
    }

    private static byte[] padded(byte[] message, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(size, message.length) + PADDING_LINE.length);
        out.writeBytes(message);
        while (out.size() < size) {
            out.writeBytes(PADDING_LINE);
        }
        return out.toByteArray();
    }

    /** The token in lines of 64, each begun with {@code lineEnd}; none begins with the dot, which SMTP treats specially. */
    private static String broken(String token, String lineEnd) {
        StringBuilder lines = new StringBuilder(token.length() + 64);
        int start = 0;
        while (start < token.length()) {
            int end = Math.min(token.length(), start + TOKEN_LINE);
            if (end < token.length() && token.charAt(end) == '.') {
                end--;
            }
            lines.append(lineEnd).append(token, start, end);
            start = end;
        }
        return lines.toString();
    }

    private static boolean isAscii(StringBuilder text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append("\r\n");
    }
}
