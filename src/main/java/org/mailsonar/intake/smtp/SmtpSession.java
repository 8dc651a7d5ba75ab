package org.mailsonar.intake.smtp;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPConfiguration;
import org.apache.james.protocols.smtp.SMTPSessionImpl;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;

/**
 * What one client has said so far: its name and the mail transaction that is open (RFC 5321 §4.1.4). Belongs to one connection
 * and its thread.
 */
final class SmtpSession extends SMTPSessionImpl {

    /** RFC 5321 §4.5.3.1.8 asks for at least this many. */
    private static final int MOST_RECIPIENTS = 100;

    private @Nullable String clientName;
    private boolean extended;
    private boolean open;
    private boolean internationalized;
    private @Nullable EmailAddress sender;
    private List<EmailAddress> recipients = new ArrayList<>();
    private boolean awaitsContent;

    SmtpSession(ProtocolTransport transport, SMTPConfiguration configuration) {
        super(transport, configuration);
    }

    /** HELO or EHLO was said: ends an open transaction. */
    void greet(String name, boolean isExtended) {
        resetState();
        clientName = ReplyText.hostName(name);
        extended = isExtended;
    }

    /** MAIL was accepted. */
    void begin(@Nullable EmailAddress from, boolean withInternationalAddresses) {
        open = true;
        sender = from;
        internationalized = withInternationalAddresses;
    }

    /** RCPT was accepted; who is named twice counts once. */
    void add(EmailAddress recipient) {
        if (!recipients.contains(recipient)) {
            recipients.add(recipient);
        }
    }

    /** DATA was accepted: what comes next is the message. */
    void expectContent() {
        awaitsContent = true;
    }

    boolean isGreeted() {
        return clientName != null;
    }

    boolean isOpen() {
        return open;
    }

    boolean isInternationalized() {
        return internationalized;
    }

    boolean isFull() {
        return recipients.size() >= MOST_RECIPIENTS;
    }

    boolean hasRecipients() {
        return !recipients.isEmpty();
    }

    boolean awaitsContent() {
        return awaitsContent;
    }

    /** The envelope of the transaction, which has at least one recipient. */
    Envelope envelope() {
        return new Envelope(sender, recipients);
    }

    /** The client's name as a trace line shows it. */
    String clientName() {
        return clientName == null ? "unknown" : clientName;
    }

    /** The protocol's name in a trace line (RFC 3848, RFC 6531 §4.3). */
    String protocolName() {
        return internationalized ? "UTF8SMTP" : extended ? "ESMTP" : "SMTP";
    }

    @Override
    public void resetState() {
        super.resetState();
        open = false;
        internationalized = false;
        sender = null;
        recipients = new ArrayList<>();
        awaitsContent = false;
    }

    @Override
    public Charset getCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public Response newLineTooLongResponse() {
        return SmtpReply.LINE_TOO_LONG;
    }

    @Override
    public Response newFatalErrorResponse() {
        return SmtpReply.FATAL;
    }
}
