package org.mailsonar.relay;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.OneLine;
import org.mailsonar.relay.Transmission.Accepted;
import org.mailsonar.relay.Transmission.Deferred;
import org.mailsonar.relay.Transmission.Refused;

/**
 * One message over one connection (RFC 5321 §3.3). It goes to all recipients or to none. Where the server offers PIPELINING (RFC
 * 2920), MAIL and the RCPTs leave in one write, and DATA with them when there is one recipient: with several, a server
 * that took some of them would go on to DATA, and its 354 could be answered only by delivering to those.
 */
final class SmtpTransaction {

    private static final String AFTER_MAIL = "MAIL FROM";
    private static final String AFTER_RCPT = "RCPT TO";
    private static final String AFTER_DATA = "DATA";
    static final String DURING_CONTENT = "DATA, while the content was sent";
    private static final String AFTER_CONTENT = "the final dot";
    private static final String DATA_COMMAND = "DATA\r\n";
    private static final byte[] NO_CONTENT = {'.', '\r', '\n'};

    private final SmtpConnection connection;
    private final Envelope envelope;
    private final MessageData data;
    private final SmtpLimits limits;
    private final boolean pipelining;
    private boolean begun;
    private boolean contentBegun;
    private boolean contentSent;

    SmtpTransaction(SmtpConnection connection, OutgoingMail mail, MessageData data, SmtpLimits limits) {
        this.connection = connection;
        this.envelope = mail.envelope();
        this.data = data;
        this.limits = limits;
        this.pipelining = connection.features().pipelining();
    }

    /** Whether the server has heard of the message, so that it needs a RSET when the message did not go. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether some of the content is on its way; before that, another try cannot deliver twice. */
    boolean hasContentBegun() {
        return contentBegun;
    }

    /** Whether all of the content, final dot included, is on its way: the server may have taken it. */
    boolean isContentSent() {
        return contentSent;
    }

    /** Sends the message; a connection that is lost, or that the server gives up with a 421, is trouble. */
    Transmission run() throws SmtpTrouble {
        Transmission obstacle = obstacle(connection.features());
        if (obstacle != null) {
            return obstacle;
        }
        begun = true;
        Transmission failure = negotiate();
        return failure == null ? sendContent() : failure;
    }

    /** What the server's offers say already. */
    private @Nullable Transmission obstacle(ServerFeatures features) {
        if (features.sizeLimit() > 0 && data.size() > features.sizeLimit()) {
            return new Refused("the message has " + data.size() + " bytes, and the server takes " + features.sizeLimit()
                    + " at most");
        }
        if (data.isEightBit() && !features.eightBitMime()) {
            // RFC 6152 §3 forbids to send it all the same, and a retry would meet the same server.
            return new Refused("the message holds 8-bit characters, and the server does not offer 8BITMIME");
        }
        if (isInternationalized() && !features.smtpUtf8()) {
            return new Refused("an address is internationalized, and the server does not offer SMTPUTF8");
        }
        return null;
    }

    /** Null when the server waits for the content. */
    private @Nullable Transmission negotiate() throws SmtpTrouble {
        List<EmailAddress> recipients = envelope.recipients();
        boolean dataToo = pipelining && recipients.size() == 1;
        if (pipelining) {
            writeAll(recipients, dataToo);
        }
        Transmission failure = failureOf(ask(mailCommand(), AFTER_MAIL), AFTER_MAIL);
        for (EmailAddress recipient : recipients) {
            if (failure != null && !pipelining) {
                return failure;
            }
            failure = firstOf(failure, rcptCommand(recipient), AFTER_RCPT);
        }
        if (failure != null) {
            return dataToo ? endRefused(failure) : failure;
        }
        SmtpReply reply = dataToo ? next(AFTER_DATA) : connection.command(DATA_COMMAND, AFTER_DATA);
        return reply.code() == 354 ? null : refusalOf(reply, AFTER_DATA);
    }

    private void writeAll(List<EmailAddress> recipients, boolean dataToo) throws SmtpTrouble {
        StringBuilder commands = new StringBuilder(160).append(mailCommand());
        for (EmailAddress recipient : recipients) {
            commands.append(rcptCommand(recipient));
        }
        if (dataToo) {
            commands.append(DATA_COMMAND);
        }
        connection.write(commands.toString().getBytes(StandardCharsets.UTF_8), AFTER_MAIL, limits.reply());
    }

    /** A reply is read for every command that was written, whatever became of the first. */
    private @Nullable Transmission firstOf(@Nullable Transmission failure, String command, String stage)
            throws SmtpTrouble {
        if (failure == null) {
            return failureOf(ask(command, stage), stage);
        }
        try {
            next(stage);
        } catch (SmtpTrouble ignored) {
            // The refusal is known; that the connection ended behind it only ends the connection.
        }
        return failure;
    }

    /** RFC 2920 §3.1: a server may answer DATA with 354 although nobody gets the mail; then just the final dot is sent. */
    private Transmission endRefused(Transmission failure) {
        try {
            if (connection.isUsable() && next(AFTER_DATA).code() == 354) {
                connection.write(NO_CONTENT, AFTER_DATA, limits.reply());
                next(AFTER_CONTENT);
            }
        } catch (SmtpTrouble ignored) {
            // As above: the refusal stands.
        }
        return failure;
    }

    private Transmission sendContent() throws SmtpTrouble {
        contentBegun = true;
        connection.write(data.block(), DURING_CONTENT, limits.data());
        contentSent = true;
        SmtpReply reply = connection.reply(AFTER_CONTENT, limits.data());
        if (reply.isPositive()) {
            return new Accepted(reply.text());
        }
        return reply.isClosing() ? new Deferred(worded(reply, AFTER_CONTENT)) : refusalOf(reply, AFTER_CONTENT);
    }

    private SmtpReply ask(String command, String stage) throws SmtpTrouble {
        return pipelining ? next(stage) : connection.command(command, stage);
    }

    private SmtpReply next(String stage) throws SmtpTrouble {
        Duration limit = limits.reply();
        return connection.reply(stage, limit);
    }

    private static @Nullable Transmission failureOf(SmtpReply reply, String stage) throws SmtpTrouble {
        return reply.isPositive() ? null : refusalOf(reply, stage);
    }

    private static Transmission refusalOf(SmtpReply reply, String stage) throws SmtpTrouble {
        String text = worded(reply, stage);
        if (reply.isClosing()) {
            throw SmtpTrouble.lost(text);
        }
        if (reply.code() < 400) {
            throw SmtpTrouble.failed("unexpected reply " + text);
        }
        return reply.isPermanent() ? new Refused(text) : new Deferred(text);
    }

    private static String worded(SmtpReply reply, String stage) {
        return OneLine.ascii(reply.text() + " (after " + stage + ")");
    }

    private String mailCommand() {
        ServerFeatures features = connection.features();
        StringBuilder command = new StringBuilder(96)
                .append("MAIL FROM:<")
                .append(envelope.senderOrEmpty())
                .append('>');
        if (features.sizeLimit() >= 0) {
            command.append(" SIZE=").append(data.size());
        }
        boolean utf8 = isInternationalized();
        if (data.isEightBit() || (utf8 && features.eightBitMime())) {
            command.append(" BODY=8BITMIME");
        }
        return command.append(utf8 ? " SMTPUTF8\r\n" : "\r\n").toString();
    }

    private static String rcptCommand(EmailAddress recipient) {
        return "RCPT TO:<" + recipient + ">\r\n";
    }

    private boolean isInternationalized() {
        EmailAddress sender = envelope.sender();
        if (sender != null && sender.isInternationalized()) {
            return true;
        }
        for (EmailAddress recipient : envelope.recipients()) {
            if (recipient.isInternationalized()) {
                return true;
            }
        }
        return false;
    }
}
