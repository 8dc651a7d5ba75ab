package org.mailsonar.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message as it arrived, byte for byte, with its header fields found (RFC 5322 §2.1, read with every tolerance: LF or
 * CRLF, an mbox {@code From } line in front, lines that are no field, a header without an end). Nothing is decoded and nothing
 * is changed; what stands before the header (that mbox line) belongs to neither header nor body. Immutable and thread-safe.
 */
public final class MailMessage {

    private final byte[] raw;
    private final int headerStart;
    private final int headerEnd;
    private final int bodyStart;
    private final List<Header> headers;

    private MailMessage(byte[] raw, int headerStart, int headerEnd, int bodyStart, List<Header> headers) {
        this.raw = raw;
        this.headerStart = headerStart;
        this.headerEnd = headerEnd;
        this.bodyStart = bodyStart;
        this.headers = headers;
    }

    /**
     * Reads a message; any bytes are a message, if need be one without a header.
     *
     * @param raw not copied, so not to be changed afterwards
     */
    public static MailMessage of(byte[] raw) {
        int start = skipMboxLine(raw);
        List<Header> headers = new ArrayList<>();
        int position = start;
        while (position < raw.length) {
            int end = endOfField(raw, position);
            int lineEnd = endOfLine(raw, position);
            if (contentEnd(raw, position, lineEnd) == position) {
                return new MailMessage(raw, start, position, lineEnd, List.copyOf(headers));
            }
            int colon = colonOfField(raw, position, lineEnd);
            if (colon < 0) {
                // No field and no blank line: the body began without one (RFC 5321 §4.1.1.4 allows such a message).
                return new MailMessage(raw, start, position, position, List.copyOf(headers));
            }
            headers.add(new Header(
                    text(raw, position, colon).stripTrailing(), text(raw, colon + 1, contentEnd(raw, position, end))));
            position = end;
        }
        return new MailMessage(raw, start, raw.length, raw.length, List.copyOf(headers));
    }

    /** All header fields, in their order. */
    public List<Header> headers() {
        return headers;
    }

    /** All fields of this name, in their order. */
    public Stream<Header> all(String name) {
        return headers.stream().filter(header -> header.is(name));
    }

    /** The first field of this name. */
    public Optional<Header> first(String name) {
        return all(name).findFirst();
    }

    /** The header's bytes as they arrived, without the empty line behind it. */
    public byte[] headerBytes() {
        return Arrays.copyOfRange(raw, headerStart, headerEnd);
    }

    /** The body's bytes as they arrived. */
    public byte[] body() {
        return Arrays.copyOfRange(raw, bodyStart, raw.length);
    }

    /** The length in bytes, all included. */
    public int size() {
        return raw.length;
    }

    /** The bytes of the whole message, a copy. */
    public byte[] bytes() {
        return raw.clone();
    }

    /** Postfix and Exim put an mbox "From " line before a message that they hand to a program; some mailers quote it. */
    private static int skipMboxLine(byte[] raw) {
        int start = raw.length > 0 && raw[0] == '>' ? 1 : 0;
        byte[] mark = {'F', 'r', 'o', 'm', ' '};
        boolean there = raw.length >= start + mark.length
                && Arrays.equals(raw, start, start + mark.length, mark, 0, mark.length);
        return there ? endOfLine(raw, 0) : 0;
    }

    /** The index behind the field that begins here: behind its first line and the folded ones, even of blanks alone (RFC 5322 §4.2). */
    private static int endOfField(byte[] raw, int start) {
        int end = endOfLine(raw, start);
        while (end < raw.length && (raw[end] == ' ' || raw[end] == '\t')) {
            end = endOfLine(raw, end);
        }
        return end;
    }

    /** The index behind the line's LF, or the message's end. */
    private static int endOfLine(byte[] raw, int start) {
        int i = start;
        while (i < raw.length && raw[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, raw.length);
    }

    /** The index behind the last byte before the line end. */
    private static int contentEnd(byte[] raw, int start, int lineEnd) {
        int end = lineEnd;
        if (end > start && raw[end - 1] == '\n') {
            end--;
        }
        if (end > start && raw[end - 1] == '\r') {
            end--;
        }
        return end;
    }

    /** Where the colon stands that ends the field's name, blanks before it allowed (RFC 5322 §4.5), or -1. */
    private static int colonOfField(byte[] raw, int start, int lineEnd) {
        int end = start;
        while (end < lineEnd && raw[end] > ' ' && raw[end] < 127 && raw[end] != ':') {
            end++;
        }
        int colon = end;
        while (colon < lineEnd && (raw[colon] == ' ' || raw[colon] == '\t')) {
            colon++;
        }
        return end > start && colon < lineEnd && raw[colon] == ':' ? colon : -1;
    }

    private static String text(byte[] raw, int start, int end) {
        return new String(raw, start, Math.max(0, end - start), StandardCharsets.ISO_8859_1);
    }
}
