package org.mailsonar.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import org.mailsonar.fuzz.Claim;

/** What holds for any bytes that are read as a message; part of a fuzz target. */
public final class MessageProperties {

    private static final int MOST_PARTS = 100;
    private static final int LONGEST_ENCODED_LINE = 76;

    private MessageProperties() {}

    /** Reading loses nothing, adds nothing, and what it finds is no larger than what is there. */
    public static void checkMessage(byte[] raw) {
        MailMessage message = MailMessage.of(raw);
        Claim.that(Arrays.equals(raw, message.bytes()), "all bytes are kept");
        byte[] header = message.headerBytes();
        byte[] body = message.body();
        Claim.that(endsWith(raw, body), "the body is the message's end");
        int blank = raw.length - header.length - body.length;
        Claim.that(blank >= 0, "header and body do not overlap", blank);
        for (Header field : message.headers()) {
            checkField(field, header);
        }
        checkParts(raw, message);
    }

    private static void checkField(Header field, byte[] header) {
        Claim.that(!field.name().isEmpty() && field.name().chars().allMatch(c -> c > ' ' && c < 127), "a field's name");
        Claim.that(new String(header, ISO_8859_1).contains(field.rawValue()), "a field's value is of the header");
        Claim.that(field.value().indexOf('\n') < 0, "a value has no line end", field.value());
        Claim.that(field.token().indexOf(';') < 0 && field.token().indexOf('\n') < 0, "a token is one word or more");
    }

    private static void checkParts(byte[] raw, MailMessage message) {
        List<MailMessage> entities = MimeParts.of(message);
        Claim.that(!entities.isEmpty() && entities.size() <= MOST_PARTS, "the number of parts is bounded");
        Claim.that(entities.getFirst() == message, "the message itself is the first of its entities");
        for (MailMessage entity : entities) {
            Claim.that(entity.size() <= raw.length, "a part is no longer than the whole", entity.size());
            Claim.that(MimeParts.text(entity).length() <= entity.size(), "decoding makes nothing longer");
        }
    }

    /** What is encoded is decoded to the same, in lines that mail may have. */
    public static void checkQuotedPrintable(byte[] bytes) {
        byte[] encoded = QuotedPrintable.encode(bytes);
        Claim.that(Arrays.equals(bytes, QuotedPrintable.decode(encoded)), "what is encoded can be decoded");
        for (String line : new String(encoded, ISO_8859_1).split("\r\n", -1)) {
            Claim.that(line.length() <= LONGEST_ENCODED_LINE, "an encoded line is short", line.length());
            Claim.that(line.chars().allMatch(c -> c >= ' ' && c < 127), "an encoded line is plain", line);
            Claim.that(!line.endsWith(" "), "an encoded line ends with no blank", line);
        }
        Claim.that(QuotedPrintable.decode(bytes).length <= bytes.length, "decoding makes nothing longer");
    }

    private static boolean endsWith(byte[] bytes, byte[] end) {
        int start = bytes.length - end.length;
        return start >= 0 && Arrays.equals(bytes, start, bytes.length, end, 0, end.length);
    }
}
