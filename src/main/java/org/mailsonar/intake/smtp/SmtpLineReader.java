package org.mailsonar.intake.smtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers one command line out of chunks, in bounded memory. A line ends with CRLF (RFC 5321 §2.3.8); one that ends with a
 * bare LF, is too long or holds control characters is read to its end and reported. Belongs to one connection and its thread.
 */
final class SmtpLineReader {

    /** With its line end: 512 octets (RFC 5321 §4.5.3.1.4), and what SIZE (RFC 1870), BODY (RFC 6152) and SMTPUTF8 (RFC 6531) add to MAIL. */
    static final int LONGEST = 512 + 26 + 17 + 10;

    private final byte[] line = new byte[LONGEST];
    private int length;
    private boolean tooLong;

    /**
     * Takes bytes up to and with the next LF.
     *
     * @return whether a line has come to its end; then {@link #fault()} and {@link #take()} tell of it
     */
    boolean read(ByteBuf chunk) {
        int lineFeed = chunk.indexOf(chunk.readerIndex(), chunk.writerIndex(), (byte) '\n');
        int count = (lineFeed < 0 ? chunk.writerIndex() : lineFeed + 1) - chunk.readerIndex();
        if (tooLong || count > LONGEST - length) {
            tooLong = true;
            chunk.skipBytes(count);
        } else {
            chunk.readBytes(line, length, count);
            length += count;
        }
        return lineFeed >= 0;
    }

    /** Whether a line has begun and not come to its end. */
    boolean isUnfinished() {
        return length > 0 || tooLong;
    }

    /** What is wrong with the line that has come to its end, as a reply; null if nothing is. */
    @Nullable
    SmtpReply fault() {
        if (tooLong) {
            return SmtpReply.LINE_TOO_LONG;
        }
        if (length < 2 || line[length - 2] != '\r') {
            return SmtpReply.BARE_LINE_FEED;
        }
        for (int i = 0; i < length - 2; i++) {
            if (Character.isISOControl(line[i])) {
                return SmtpReply.CONTROL_CHARACTER;
            }
        }
        return null;
    }

    /** The line without its end, where it has no fault; the reader is then ready for the next one. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(line, Math.max(0, length - 2));
        length = 0;
        tooLong = false;
        return taken;
    }
}
