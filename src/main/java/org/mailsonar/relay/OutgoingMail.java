package org.mailsonar.relay;

import org.mailsonar.message.Envelope;

/** A message to be sent. Immutable as long as its maker leaves the bytes alone; thread-safe. */
public final class OutgoingMail {

    private final Envelope envelope;
    private final byte[] content;

    /**
     * A message that is ready to leave.
     *
     * @param envelope sender and recipients
     * @param content the whole message with CRLF line ends, the last line ended; not copied, so not to be changed
     */
    public OutgoingMail(Envelope envelope, byte[] content) {
        this.envelope = envelope;
        this.content = content;
    }

    /** Sender and recipients. */
    public Envelope envelope() {
        return envelope;
    }

    /** The message; the array itself and not a copy, so not to be changed. */
    public byte[] content() {
        return content;
    }
}
