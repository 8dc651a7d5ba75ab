package org.mailsonar.relay;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.mailsonar.testing.ServerSession;

/** The beginning of a dialogue, for scripts that have ideas of their own about the rest. */
record SmtpDialogue(ServerSession session) {

    /** Up to and with the 354. */
    void untilData() throws IOException {
        session.say("220 hi\r\n");
        for (String reply : new String[] {"250 hi", "250 sender ok", "250 recipient ok", "354 go on"}) {
            session.line();
            session.say(reply + "\r\n");
        }
    }

    /** Up to and with the final dot. */
    void untilContent() throws IOException {
        untilData();
        session.message();
    }

    static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
