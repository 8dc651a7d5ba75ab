package org.mailsonar.intake.mailbox;

import java.util.Arrays;

/**
 * What was read of a message.
 *
 * @param start the message, or its beginning; not changed any more
 * @param truncated whether there is more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Content(byte[] start, boolean truncated) {

    /** What was read, cut to a limit. */
    static Content of(byte[] read, int limit, boolean more) {
        return read.length > limit ? new Content(Arrays.copyOf(read, limit), true) : new Content(read, more);
    }
}
