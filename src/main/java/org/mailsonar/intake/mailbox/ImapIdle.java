package org.mailsonar.intake.mailbox;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;

/** One IDLE (RFC 2177), from its start to the server's reply to DONE. No other command is sent in between. */
final class ImapIdle {

    private ImapIdle() {}

    /**
     * Idles until there is news, until time is up, or until the watch ends or is woken.
     *
     * @param hasNews whether a response that was read since told of something new
     * @throws ProtocolException when the connection is lost, or the server does not answer to DONE within the time for replies
     */
    static void run(IMAPProtocol protocol, Duration limit, Watch watch, BooleanSupplier hasNews)
            throws ProtocolException {
        protocol.idleStart();
        try (IdleAlarm alarm = new IdleAlarm(limit, protocol::idleAbort)) {
            watch.interruptBy(alarm::ringSoon);
            readUntilDone(protocol, alarm, hasNews);
        } finally {
            watch.interruptNothing();
        }
    }

    /** An idle server is silent, which is no trouble until it has been asked to end the IDLE. */
    private static void readUntilDone(IMAPProtocol protocol, IdleAlarm alarm, BooleanSupplier hasNews)
            throws ProtocolException {
        boolean wasRung = false;
        boolean going = true;
        while (going) {
            if (hasNews.getAsBoolean()) {
                alarm.ring();
            }
            Response response = protocol.readIdleResponse();
            boolean silent = response.isBYE()
                    && response.isSynthetic()
                    && response.getException() instanceof SocketTimeoutException;
            if (silent && !wasRung) {
                wasRung = alarm.hasRung(); // it gets a whole time-out to answer
            } else {
                going = protocol.processIdleResponse(response);
            }
        }
    }
}
