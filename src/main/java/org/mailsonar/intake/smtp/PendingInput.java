package org.mailsonar.intake.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What has arrived on a connection and was not looked at yet. No more is read while there is some, so it is never more than what
 * one round of the event loop brings. Belongs to one connection and its thread.
 */
final class PendingInput {

    private final Channel channel;
    private final Queue<ByteBuf> chunks = new ArrayDeque<>(2);

    PendingInput(Channel channel) {
        this.channel = channel;
    }

    void add(ByteBuf chunk) {
        chunks.add(chunk);
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    /** The oldest chunk, of which there is one. */
    ByteBuf first() {
        return chunks.element();
    }

    /** Whether something stands behind what was consumed so far; there is an oldest chunk. */
    boolean hasMore() {
        return chunks.size() > 1 || chunks.element().isReadable();
    }

    /** Gives the oldest chunk back if nothing is left of it. */
    void next() {
        if (!chunks.element().isReadable()) {
            chunks.remove().release();
        }
    }

    void discard() {
        chunks.forEach(ByteBuf::release);
        chunks.clear();
    }

    /** Reads on only if there is use for it. Changing it costs a system call, so it is left alone until more has come. */
    void regulate() {
        boolean wanted = chunks.isEmpty() && channel.isWritable();
        if (wanted != channel.config().isAutoRead()) {
            channel.config().setAutoRead(wanted);
        }
    }
}
