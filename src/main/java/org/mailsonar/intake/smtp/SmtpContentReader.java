package org.mailsonar.intake.smtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what follows DATA out of chunks, up to CRLF.CRLF, and takes the stuffed dots off (RFC 5321 §4.5.2). Nothing else ends
 * it: a CR or LF that stands alone is remembered as a fault, since other servers differ in what they make of it and mail could
 * be smuggled through the gap (RFC 5321 §2.3.8). All bytes are kept as they are. From the first fault on nothing is kept, so
 * memory is bounded by the limit. Belongs to one connection and its thread, but for {@link #copyBehind}.
 */
final class SmtpContentReader {

    /** Where in a line the last byte stood. */
    private enum State {
        LINE_START,
        DOT_AT_START,
        DOT_AND_CR,
        IN_LINE,
        AFTER_CR
    }

    private static final byte[] EMPTY = {};
    private static final int FIRST_SIZE = 8 * 1024;
    private static final int LARGEST_KEPT = 32 * 1024;

    private final int limit;
    private final ContentMemory memory;
    private byte[] buffer = EMPTY;
    private int length;
    private State state = State.LINE_START;
    private @Nullable SmtpReply fault;

    /**
     * @param limit the longest content in bytes
     * @param memory where the bytes that are held are taken from
     */
    SmtpContentReader(int limit, ContentMemory memory) {
        this.limit = limit;
        this.memory = memory;
    }

    /**
     * Takes bytes up to and with the terminator.
     *
     * @return whether the content has come to its end; the rest of the chunk is the next command
     */
    boolean read(ByteBuf chunk) {
        int count = chunk.readableBytes();
        ensure(length + count);
        int start = length;
        chunk.getBytes(chunk.readerIndex(), buffer, start, count);
        int consumed = scan(start, start + count);
        if (consumed >= 0) {
            chunk.skipBytes(consumed - start);
            return true;
        }
        chunk.skipBytes(count);
        return false;
    }

    /** Why the content that has come to its end is refused; null if it is not. */
    @Nullable
    SmtpReply fault() {
        return fault;
    }

    /** The content in an array of its own, with room left in front; may be called on another thread until {@link #reset}. */
    byte[] copyBehind(int room) {
        byte[] copy = new byte[room + length];
        System.arraycopy(buffer, 0, copy, room, length);
        return copy;
    }

    /** Makes it ready for the next message; a large buffer is given back. */
    void reset() {
        length = 0;
        fault = null;
        state = State.LINE_START;
        if (buffer.length > LARGEST_KEPT || memory.isTight()) {
            release();
        }
    }

    /** Gives the memory back, and with it what is held. */
    void release() {
        memory.giveBack(buffer.length);
        buffer = EMPTY;
        length = 0;
    }

    /** Moves the kept bytes together; gives the index behind the terminator, or -1 where it has not come yet. */
    private int scan(int start, int end) {
        int kept = start;
        int i = start;
        while (i < end) {
            if (state == State.IN_LINE) {
                int run = endOfRun(i, end);
                kept = keep(i, run, kept);
                i = run;
                if (i == end) {
                    break;
                }
            }
            byte next = buffer[i++];
            if (state == State.DOT_AND_CR && next == '\n') {
                hold(kept);
                return i;
            }
            if (advance(next)) {
                buffer[kept++] = next;
            }
        }
        hold(kept);
        return -1;
    }

    /** The index of the next CR or LF: most of a message is passed over here. */
    private int endOfRun(int start, int end) {
        byte[] bytes = buffer;
        int i = start;
        while (i < end && bytes[i] != '\r' && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    private int keep(int start, int end, int target) {
        if (start != target) {
            System.arraycopy(buffer, start, buffer, target, end - start);
        }
        return target + end - start;
    }

    /** Goes on by one byte; gives whether the byte belongs to the message. */
    private boolean advance(byte next) {
        State before = state;
        boolean afterReturn = before == State.AFTER_CR || before == State.DOT_AND_CR;
        if (afterReturn != (next == '\n')) {
            fail(SmtpReply.BARE_LINE_END);
        }
        if (before == State.LINE_START && next == '.') {
            state = State.DOT_AT_START;
            return false;
        }
        if (before == State.DOT_AT_START && next == '\r') {
            state = State.DOT_AND_CR;
            return false;
        }
        state = next == '\r' ? State.AFTER_CR : next == '\n' && afterReturn ? State.LINE_START : State.IN_LINE;
        return true;
    }

    /** A bare line end counts more than the size, so the reply is the same in whatever pieces the bytes come. */
    private void fail(SmtpReply why) {
        if (fault == null || why == SmtpReply.BARE_LINE_END) {
            fault = why;
        }
    }

    private void hold(int kept) {
        if (kept > limit) {
            fail(SmtpReply.TOO_LARGE);
        }
        length = fault == null ? kept : 0;
    }

    /** Makes room for so many bytes; where there is none, only for those that have just come, and to throw them away. */
    private void ensure(int size) {
        if (size <= buffer.length) {
            return;
        }
        int wanted = Math.max(FIRST_SIZE, Math.max(size, Math.min(buffer.length * 2, limit)));
        if (memory.take(wanted - buffer.length)) {
            buffer = Arrays.copyOf(buffer, wanted);
            return;
        }
        int arrived = size - length;
        fail(SmtpReply.NO_ROOM);
        length = 0;
        memory.giveBack(buffer.length);
        memory.takeAnyway(arrived);
        buffer = new byte[arrived];
    }
}
