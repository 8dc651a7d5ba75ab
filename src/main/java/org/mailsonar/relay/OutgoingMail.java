package org.mailsonar.relay;

import org.jspecify.annotations.Nullable;
import org.mailsonar.message.Envelope;

/** A message to be sent. Immutable as long as its maker leaves the bytes alone; thread-safe. */
public final class OutgoingMail {

    private final Envelope envelope;
    private final byte[] content;
    private final @Nullable Transcript transcript;

    /**
     * A message that is ready to leave.
     *
     * @param envelope sender and recipients
     * @param content the whole message with CRLF line ends, the last line ended; not copied, so not to be changed
     */
    public OutgoingMail(Envelope envelope, byte[] content) {
        this(envelope, content, null);
    }

    /**
     * The same.
     *
     * @param transcript gets what is said while it is handed over; by relays that do not speak, nothing
     */
    public OutgoingMail(Envelope envelope, byte[] content, @Nullable Transcript transcript) {
        this.envelope = envelope;
        this.content = content;
        this.transcript = transcript;
    }

    /** Sender and recipients. */
    public Envelope envelope() {
        return envelope;
    }

    /** The message; the array itself and not a copy, so not to be changed. */
    public byte[] content() {
        return content;
    }

    @Nullable
    Transcript transcript() {
        return transcript;
    }
}
