package org.mailsonar.intake;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * The intake of a program that a mail server starts for each message, with the message on standard input and the envelope in
 * the environment (Postfix local(8), Exim's pipe transport, OpenSMTPD's mda, sendmail's prog mailer). The answer is a sysexits
 * status; the mail stays in the server's queue until the program has ended with 0.
 */
public final class PipeProgram {

    /** Statuses of sysexits.h. A plain 1 is not among them: mail servers bounce on it. */
    public static final int OK = 0;
    /** EX_UNAVAILABLE: the server bounces the message to its envelope sender. */
    public static final int UNAVAILABLE = 69;
    /** EX_TEMPFAIL: the server keeps the message and tries again later. */
    public static final int TRY_AGAIN = 75;

    /** A program that is started for a mail sees it some tens of milliseconds after the server had it. */
    private static final Duration RESOLUTION = Duration.ofMillis(100);

    private final MailHandler handler;
    private final TimeSource time;
    private final int maxMessageSize;
    private final EmailAddress ownAddress;

    /**
     * A pipe program.
     *
     * @param handler what stands behind it
     * @param time the clocks
     * @param maxMessageSize how many bytes of a message are read; the rest is thrown away and the message marked as truncated
     * @param ownAddress whose mail this is when the environment does not tell
     */
    public PipeProgram(MailHandler handler, TimeSource time, int maxMessageSize, EmailAddress ownAddress) {
        this.handler = handler;
        this.time = time;
        this.maxMessageSize = maxMessageSize;
        this.ownAddress = ownAddress;
    }

    /**
     * Reads one message to its end and hands it on.
     *
     * @param input the message
     * @param environment what the mail server tells; written by strangers, so nothing in it is believed further than an envelope is
     * @throws IOException when the message cannot be read to its end
     */
    public Disposition run(InputStream input, Map<String, String> environment) throws IOException {
        byte[] start = input.readNBytes(maxMessageSize + 1);
        boolean truncated = start.length > maxMessageSize;
        if (truncated) {
            drain(input); // a server that cannot write all of it may take that for a failure
        }
        Moment received = time.now();
        MailMessage message = MailMessage.of(truncated ? Arrays.copyOf(start, maxMessageSize) : start);
        EmailAddress recipient = DeliveryHeader.address(environment.get("ORIGINAL_RECIPIENT"))
                .or(() -> DeliveryHeader.address(environment.get("RECIPIENT")))
                .orElse(ownAddress);
        Envelope envelope = Envelope.to(sender(environment, message), recipient);
        return handler.handle(new ReceivedMail(envelope, message, truncated, received, RESOLUTION, "pipe"));
    }

    /** The status that tells a mail server what became of its message; see {@link Disposition}. */
    public static int exitStatus(Disposition disposition) {
        // No switch over types here and wherever else the pipe program comes by: each costs it milliseconds to link at
        // run time.
        if (disposition instanceof Disposition.Failed) {
            return UNAVAILABLE;
        }
        boolean done = disposition instanceof Disposition.Accepted
                || disposition instanceof Disposition.Discarded
                || disposition instanceof Disposition.Unwanted;
        return done ? OK : TRY_AGAIN;
    }

    /**
     * What the program is to say on standard output, for the bounce to carry: one line that begins with a status code of RFC 3463. It
     * is silent about everything else, since some servers bounce any mail whose program speaks.
     */
    public static Optional<String> bounceText(Disposition disposition) {
        return disposition instanceof Disposition.Failed
                ? Optional.of("5.0.0 " + OneLine.ascii(disposition.text()))
                : Optional.empty();
    }

    private static @Nullable EmailAddress sender(Map<String, String> environment, MailMessage message) {
        String told = environment.get("SENDER");
        return told == null
                ? DeliveryHeader.sender(message)
                : DeliveryHeader.address(told).orElse(null);
    }

    private static void drain(InputStream input) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        while (input.read(buffer) >= 0) {
            // thrown away
        }
    }
}
