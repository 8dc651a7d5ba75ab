package org.mailsonar.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.charset.Charset;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.mailsonar.message.QuotedPrintable;

/** What gateways do to mail, one method each. Messages are texts with one character for each byte. */
final class Gateway {

    private static final String BOUNDARY = "----=_gateway";

    private Gateway() {}

    static String header(String mail) {
        return mail.substring(0, mail.indexOf("\r\n\r\n") + 2);
    }

    static String body(String mail) {
        return mail.substring(mail.indexOf("\r\n\r\n") + 4);
    }

    static String changeBody(String mail, UnaryOperator<String> change) {
        return header(mail) + "\r\n" + change.apply(body(mail));
    }

    static String changeLines(String text, UnaryOperator<String> change) {
        return text.lines().map(change).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    static String withoutField(String mail, String name) {
        String header = header(mail).replaceAll("(?im)^" + name + ":.*\r\n(?:[ \t].*\r\n)*", "");
        return header + "\r\n" + body(mail);
    }

    static String withField(String mail, String name, String value) {
        return name + ": " + value + "\r\n" + withoutField(mail, name);
    }

    /** The token's header field in pieces of another length, with another fold between them. */
    static String foldAnew(String mail, int width, String fold) {
        String token = TestProbes.token();
        StringBuilder value = new StringBuilder();
        for (int start = 0; start < token.length(); start += width) {
            value.append(start == 0 ? "" : fold).append(token, start, Math.min(token.length(), start + width));
        }
        return withField(mail, TokenFinder.HEADER, value.toString());
    }

    static String quotedPrintable(String mail) {
        String encoded = new String(QuotedPrintable.encode(body(mail).getBytes(ISO_8859_1)), ISO_8859_1);
        return withField(header(mail) + "\r\n" + encoded, "Content-Transfer-Encoding", "quoted-printable");
    }

    /** As the most careful encoder does it: nothing stays as it is. */
    static String quotedPrintableThroughout(String mail) {
        StringBuilder encoded = new StringBuilder();
        String body = body(mail);
        for (int i = 0; i < body.length(); i++) {
            encoded.append("=%02X".formatted((int) body.charAt(i))).append(i % 24 == 23 ? "=\r\n" : "");
        }
        return withField(header(mail) + "\r\n" + encoded, "Content-Transfer-Encoding", "quoted-printable");
    }

    static String base64(String mail) {
        String encoded = Base64.getMimeEncoder().encodeToString(body(mail).getBytes(ISO_8859_1)) + "\r\n";
        return withField(header(mail) + "\r\n" + encoded, "Content-Transfer-Encoding", "base64");
    }

    static String utf16(String mail, Charset charset, String name) {
        String wide = new String(body(mail).getBytes(charset), ISO_8859_1);
        return base64(withField(header(mail) + "\r\n" + wide, "Content-Type", "text/plain; charset=\"" + name + "\""));
    }

    static String html(String mail, UnaryOperator<String> line) {
        String html = "<html><body>" + changeLines(body(mail), line) + "</body></html>\r\n";
        return withField(header(mail) + "\r\n" + html, "Content-Type", "text/html; charset=utf-8");
    }

    /** The mail's text as the first part of a multipart, with something behind it. */
    static String multipart(String mail, String subtype, String otherPart) {
        String body = "--" + BOUNDARY + "\r\nContent-Type: text/plain\r\n\r\n" + body(mail) + "\r\n--" + BOUNDARY
                + "\r\n" + otherPart + "\r\n--" + BOUNDARY + "--\r\n";
        return withField(
                header(mail) + "\r\n" + body,
                "Content-Type",
                "multipart/" + subtype + ";\r\n\tboundary=\"" + BOUNDARY + "\"");
    }

    /** A new mail with this one attached. */
    static String forward(String mail, String encoding, String boundary) {
        String attached =
                encoding.equals("base64") ? Base64.getMimeEncoder().encodeToString(mail.getBytes(ISO_8859_1)) : mail;
        return "From: someone@company.test\r\nSubject: Fwd\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary
                + "\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--" + boundary
                + "\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + attached
                + "\r\n--" + boundary + "--\r\n";
    }

    /** All words of the body in one paragraph, wrapped at blanks. */
    static String flow(String mail, int width) {
        StringBuilder flowed = new StringBuilder();
        int column = 0;
        for (String word : body(mail).strip().split("\\s+", -1)) {
            boolean fits = column + word.length() <= width;
            flowed.append(fits ? "" : "\r\n").append(word).append(' ');
            column = (fits ? column : 0) + word.length() + 1;
        }
        return withField(header(mail) + "\r\n" + flowed + "\r\n", "Content-Type", "text/plain; format=flowed");
    }

    /** Lines broken after so many characters, in the middle of words as well. */
    static String breakLines(String mail, int width) {
        return changeBody(
                mail, body -> changeLines(body, line -> line.replaceAll("(.{" + width + "})(?=.)", "$1\r\n")));
    }

    static byte[] bytes(String mail) {
        return mail.getBytes(ISO_8859_1);
    }

    static String text(byte[] mail) {
        return new String(mail, US_ASCII);
    }
}
