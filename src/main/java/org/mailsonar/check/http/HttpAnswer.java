package org.mailsonar.check.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of HTTP/1.1 (RFC 9112). Bounded: 8 KiB a line, 100 fields, 64 KiB of the body; more of that is left unread.
 *
 * @param statusLine as it came
 * @param status 100 to 599
 * @param fields by name in small letters; of a repeated one the first
 * @param body its beginning, as ISO 8859-1 so that no byte is lost
 */
record HttpAnswer(String statusLine, int status, Map<String, String> fields, String body) {

    static final int MOST_OF_BODY = 64 * 1024;

    private static final int LONGEST_LINE = 8 * 1024;
    private static final int MOST_FIELDS = 100;
    private static final int MOST_INTERIM = 10;

    /** What came is not HTTP. The message says what it is, in one line. */
    static final class NonsenseException extends IOException {
        private static final long serialVersionUID = 1L;

        NonsenseException(String message) {
            super(message);
        }
    }

    /** Reads the status line and the fields, and leaves interim answers out (RFC 9110 §15.2); the body is empty. */
    static HttpAnswer head(InputStream in) throws IOException {
        for (int i = 0; i < MOST_INTERIM; i++) {
            String line = line(in);
            HttpAnswer head = new HttpAnswer(line, status(line), fields(in), "");
            if (head.status() >= 200) {
                return head;
            }
        }
        throw new NonsenseException("nothing but interim answers came");
    }

    /** The same with its body, or the beginning of it. */
    HttpAnswer withBody(InputStream in) throws IOException {
        if (status == 204 || status == 304) {
            return this;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        if (fields.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            chunks(in, content);
        } else {
            String length = fields.get("content-length");
            long most = length == null ? MOST_OF_BODY : number(length, 10, "Content-Length");
            byte[] bytes = in.readNBytes((int) Math.min(most, MOST_OF_BODY));
            if (length != null && bytes.length < Math.min(most, MOST_OF_BODY)) {
                throw new EOFException();
            }
            content.write(bytes);
        }
        return new HttpAnswer(statusLine, status, fields, content.toString(StandardCharsets.ISO_8859_1));
    }

    /** Where it redirects to, as it stands there; null where it does not. */
    @Nullable
    String redirection() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308
                ? fields.get("location")
                : null;
    }

    private static void chunks(InputStream in, ByteArrayOutputStream content) throws IOException {
        while (content.size() < MOST_OF_BODY) {
            String line = line(in);
            int end = line.indexOf(';');
            long size = number((end < 0 ? line : line.substring(0, end)).strip(), 16, "a chunk's size");
            if (size == 0) {
                return;
            }
            int wanted = (int) Math.min(size, MOST_OF_BODY - content.size());
            byte[] chunk = in.readNBytes(wanted);
            if (chunk.length < wanted) {
                throw new EOFException();
            }
            content.write(chunk);
            if (wanted == size && !line(in).isEmpty()) {
                throw new NonsenseException("a chunk of the body is longer than announced");
            }
        }
    }

    private static int status(String line) throws IOException {
        boolean isHttp = line.startsWith("HTTP/1.") && line.length() >= 12 && line.charAt(8) == ' ';
        int status = isHttp ? (int) number(line.substring(9, 12), 10, "the status") : 0;
        if (status < 100 || status > 599 || (line.length() > 12 && line.charAt(12) != ' ')) {
            throw new NonsenseException("this is no answer of HTTP: " + line);
        }
        return status;
    }

    private static Map<String, String> fields(InputStream in) throws IOException {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i < MOST_FIELDS; i++) {
            String line = line(in);
            if (line.isEmpty()) {
                return fields;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new NonsenseException("this is no header field: " + line);
            }
            fields.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        throw new NonsenseException("it has more than " + MOST_FIELDS + " header fields");
    }

    private static long number(String text, int base, String what) throws IOException {
        try {
            long number = text.length() > 15 ? -1 : Long.parseLong(text, base);
            if (number >= 0 && text.charAt(0) != '+') {
                return number;
            }
        } catch (NumberFormatException none) {
            // told of below
        }
        throw new NonsenseException(what + " is no number: " + text);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < LONGEST_LINE) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException();
            }
            if (octet == '\n') {
                int end = line.length();
                return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
            }
            line.append((char) octet);
        }
        throw new NonsenseException("a line is longer than " + LONGEST_LINE + " bytes");
    }
}
