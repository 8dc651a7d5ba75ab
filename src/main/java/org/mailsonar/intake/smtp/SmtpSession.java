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

    private final ListenerProtocol protocol;
    private @Nullable String clientName;
    private boolean extended;
    private boolean open;
    private boolean internationalized;
    private @Nullable EmailAddress sender;
    private List<EmailAddress> recipients = new ArrayList<>();
    private boolean awaitsContent;
    private int acceptedCommands;
    private @Nullable ListenerTls demandedTls;

    SmtpSession(ProtocolTransport transport, SMTPConfiguration configuration, ListenerProtocol protocol) {
        super(transport, configuration);
        this.protocol = protocol;
    }

    /** HELO, EHLO or LHLO was said: ends an open transaction. */
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

    /** RCPT was accepted; who is named twice gets the mail once. */
    void add(EmailAddress recipient) {
        acceptedCommands++;
        if (!recipients.contains(recipient)) {
            recipients.add(recipient);
        }
    }

    /** DATA was accepted: what comes next is the message. */
    void expectContent() {
        awaitsContent = true;
    }

    /** STARTTLS was accepted: what comes next is a handshake. */
    void demandTls(ListenerTls tls) {
        demandedTls = tls;
    }

    /** What STARTTLS demanded since this was last asked; null mostly. */
    @Nullable
    ListenerTls takeDemandedTls() {
        ListenerTls demanded = demandedTls;
        demandedTls = null;
        return demanded;
    }

    /** Forgets all that was said, since it was said in clear text (RFC 3207 §4.2). */
    void forget() {
        resetState();
        clientName = null;
        extended = false;
    }

    /** How many replies the final dot gets: in LMTP one for each RCPT that was accepted (RFC 2033 §4.2). */
    int contentReplies() {
        return protocol.isLmtp() ? acceptedCommands : 1;
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
        return acceptedCommands >= MOST_RECIPIENTS;
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
        return protocol.traceName(extended, internationalized, isTLSStarted());
    }

    @Override
    public void resetState() {
        super.resetState();
        open = false;
        internationalized = false;
        sender = null;
        recipients = new ArrayList<>();
        acceptedCommands = 0;
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
