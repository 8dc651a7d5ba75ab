package org.mailsonar.message;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * Looks into a message's MIME structure (RFC 2045, RFC 2046) as far as it takes to find text in it, with every tolerance: a
 * boundary that never ends and unknown encodings are taken as they are, broken base64 as far as it goes. Depth and number of parts are bounded, and
 * decoding never makes anything longer, so the work is bounded by the message's own size.
 */
public final class MimeParts {

    private static final int DEEPEST = 8;
    private static final int MOST_PARTS = 100;

    private final List<MailMessage> entities = new ArrayList<>();

    private MimeParts() {}

    /**
     * The message itself, each part of it, each message attached to it and their parts, in the order in which they stand. Each is
     * a header and a body; {@link #text} decodes such a body.
     */
    public static List<MailMessage> of(MailMessage message) {
        MimeParts parts = new MimeParts();
        parts.add(message, 0);
        return List.copyOf(parts.entities);
    }

    /** The body of an entity as text, transfer encoding and character set undone; never null, at worst the raw bytes. */
    public static String text(MailMessage entity) {
        byte[] body = decodedBody(entity);
        String charset = parameter(entity, "charset");
        Charset wide = switch (charset.toLowerCase(Locale.ROOT)) {
            case "utf-16" -> StandardCharsets.UTF_16;
            case "utf-16le" -> StandardCharsets.UTF_16LE;
            case "utf-16be" -> StandardCharsets.UTF_16BE;
            // Everything else that mail carries is a superset of ASCII, which is all that a token needs.
            default -> StandardCharsets.ISO_8859_1;
        };
        return new String(body, wide);
    }

    private void add(MailMessage entity, int depth) {
        if (entities.size() >= MOST_PARTS) {
            return;
        }
        entities.add(entity);
        if (depth >= DEEPEST) {
            return;
        }
        String type = contentType(entity);
        if (type.startsWith("multipart/")) {
            addParts(entity.body(), parameter(entity, "boundary"), depth + 1);
        } else if (type.equals("message/rfc822") || type.equals("message/global")) {
            add(MailMessage.of(decodedBody(entity)), depth + 1);
        }
    }

    private void addParts(byte[] body, String boundary, int depth) {
        if (boundary.isEmpty()) {
            return;
        }
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        int partStart = -1;
        for (int line = 0; line < body.length; line = nextLine(body, line)) {
            if (isDelimiter(body, line, delimiter)) {
                if (partStart >= 0) {
                    add(MailMessage.of(Arrays.copyOfRange(body, partStart, line)), depth);
                }
                partStart = nextLine(body, line);
                if (isClosing(body, line + delimiter.length)) {
                    return;
                }
            }
        }
        if (partStart >= 0 && partStart < body.length) {
            add(MailMessage.of(Arrays.copyOfRange(body, partStart, body.length)), depth);
        }
    }

    private static String contentType(MailMessage entity) {
        return entity.first("Content-Type").map(Header::token).orElse("text/plain");
    }

    private static byte[] decodedBody(MailMessage entity) {
        byte[] body = entity.body();
        String encoding =
                entity.first("Content-Transfer-Encoding").map(Header::token).orElse("");
        return switch (encoding) {
            case "quoted-printable" -> QuotedPrintable.decode(body);
            case "base64" -> base64(body);
            default -> body;
        };
    }

    /** A parameter of Content-Type, quotes removed, or an empty text (RFC 2045 §5.1). */
    private static String parameter(MailMessage entity, String name) {
        String value = entity.first("Content-Type").map(Header::value).orElse("");
        // By index and without copies: a header made of a hundred thousand semicolons must cost no more than one read.
        for (int at = value.indexOf(';'); at >= 0; at = value.indexOf(';', at + 1)) {
            int start = skipBlanks(value, at + 1);
            if (value.regionMatches(true, start, name, 0, name.length())) {
                int sign = skipBlanks(value, start + name.length());
                if (sign < value.length() && value.charAt(sign) == '=') {
                    return unquoted(value.substring(skipBlanks(value, sign + 1)));
                }
            }
        }
        return "";
    }

    private static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private static String unquoted(String text) {
        if (text.startsWith("\"")) {
            int end = text.indexOf('"', 1);
            return end < 0 ? text.substring(1) : text.substring(1, end);
        }
        int end = 0;
        while (end < text.length() && text.charAt(end) != ';' && text.charAt(end) > ' ') {
            end++;
        }
        return text.substring(0, end);
    }

    /** Up to the padding, which is where base64 ends: gateways put footers in plain text behind it. */
    private static byte[] base64(byte[] body) {
        byte[] digits = new byte[body.length];
        int length = 0;
        for (int i = 0; i < body.length && body[i] != '='; i++) {
            if (isBase64Digit(body[i])) {
                digits[length++] = body[i];
            }
        }
        int whole = length % 4 == 1 ? length - 1 : length; // a single digit left over is no byte
        return Base64.getDecoder().decode(Arrays.copyOf(digits, whole));
    }

    private static boolean isBase64Digit(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '+' || b == '/';
    }

    private static int nextLine(byte[] body, int from) {
        int i = from;
        while (i < body.length && body[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, body.length);
    }

    /** Whether the line is this delimiter and not one that merely begins like it (RFC 2046 §5.1.1). */
    private static boolean isDelimiter(byte[] body, int line, byte[] delimiter) {
        int end = line + delimiter.length;
        if (end > body.length || !Arrays.equals(body, line, end, delimiter, 0, delimiter.length)) {
            return false;
        }
        int i = isClosing(body, end) ? end + 2 : end;
        while (i < body.length && (body[i] == ' ' || body[i] == '\t' || body[i] == '\r')) {
            i++;
        }
        return i >= body.length || body[i] == '\n';
    }

    private static boolean isClosing(byte[] body, int at) {
        return at + 1 < body.length && body[at] == '-' && body[at + 1] == '-';
    }
}
