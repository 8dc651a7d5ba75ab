package org.mailsonar.intake.mailbox;

import java.io.IOException;
import java.util.Properties;
import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.util.MailLogger;

/**
 * The library's IMAP with a limit to one response. A server announces how long a literal is, and the library would take as much memory before
 * the first byte of it has come.
 */
final class LimitedImap extends IMAPProtocol {

    private static final String LIMIT = "mailsonar.longestResponse";

    LimitedImap(MailboxSettings settings, Properties properties, long longestResponse, MailLogger log)
            throws IOException, ProtocolException {
        super(
                "imap",
                settings.host(),
                settings.port(),
                with(properties, longestResponse),
                settings.security() == MailboxSecurity.IMPLICIT,
                log);
    }

    /** By way of the properties, since the greeting is read before any field of this class has its value. */
    private static Properties with(Properties properties, long longestResponse) {
        properties.setProperty(LIMIT, Long.toString(longestResponse));
        return properties;
    }

    @Override
    protected ByteArray getResponseBuffer() {
        return new Buffer(Long.parseLong(props.getProperty(LIMIT, "0")));
    }

    /** One response is longer than any that was asked for. */
    static final class TooLongException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("the server sends more than was asked for in one answer");
        }
    }

    private static final class Buffer extends ByteArray {

        private static final int START = 256;

        private final long longest;

        Buffer(long longest) {
            super(START);
            this.longest = longest;
        }

        @Override
        public void grow(int by) {
            if (by < 0 || getBytes().length + (long) by > longest) {
                throw new TooLongException();
            }
            super.grow(by);
        }
    }
}
