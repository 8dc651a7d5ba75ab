package org.mailsonar.check.ldap;

import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1Exception;
import com.unboundid.ldap.protocol.BindResponseProtocolOp;
import com.unboundid.ldap.protocol.ExtendedResponseProtocolOp;
import com.unboundid.ldap.protocol.GenericResponseProtocolOp;
import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.ProtocolOp;
import com.unboundid.ldap.protocol.SearchResultDoneProtocolOp;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPRuntimeException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.protocol.Connection;

/** Messages of LDAP over one connection (RFC 4511 §4.1.1), each of the server's at most 64 KiB. One thread. */
final class LdapLine {

    private static final int LONGEST = 64 * 1024;

    /** What came is not LDAP, or answers nothing that was asked. */
    static final class NonsenseException extends Exception {
        private static final long serialVersionUID = 1L;

        NonsenseException(String message) {
            super(message);
        }
    }

    /**
     * What a server answered.
     *
     * @param code RFC 4511 §4.1.9
     * @param words its own, on one line; may be empty
     */
    record Answer(int code, String words) {}

    private final Connection connection;
    private int number;

    LdapLine(Connection connection) {
        this.connection = connection;
    }

    /** Sends a request; what follows answers it. */
    void send(ProtocolOp request) throws IOException {
        number++;
        connection
                .socket()
                .getOutputStream()
                .write(new LDAPMessage(number, request).encode().encode());
    }

    /**
     * The next message that answers the request: a {@link #result}, or one of those before it.
     *
     * @throws EOFException when the server ended the connection
     */
    ProtocolOp next() throws IOException, NonsenseException {
        LDAPMessage message = message(connection.socket().getInputStream());
        if (message.getMessageID() == 0 && message.getProtocolOp() instanceof ExtendedResponseProtocolOp notice) {
            // Before it closes the connection a server may say why (RFC 4511 §4.4.1).
            throw new EOFException(connection.shown(String.valueOf(notice.getDiagnosticMessage())));
        }
        if (message.getMessageID() != number) {
            throw new NonsenseException("message " + message.getMessageID() + " came where " + number + " was awaited");
        }
        return message.getProtocolOp();
    }

    /** What the server decided; null where the message decides nothing yet. */
    @Nullable
    Answer result(ProtocolOp message) {
        return switch (message) {
            case BindResponseProtocolOp bind -> answer(bind.getResultCode(), bind.getDiagnosticMessage());
            case ExtendedResponseProtocolOp extended ->
                answer(extended.getResultCode(), extended.getDiagnosticMessage());
            case SearchResultDoneProtocolOp done -> answer(done.getResultCode(), done.getDiagnosticMessage());
            case GenericResponseProtocolOp other -> answer(other.getResultCode(), other.getDiagnosticMessage());
            default -> null;
        };
    }

    private Answer answer(int code, @Nullable String words) {
        return new Answer(code, words == null ? "" : connection.shown(words));
    }

    private LDAPMessage message(InputStream in) throws IOException, NonsenseException {
        try {
            ASN1Element element = ASN1Element.readFrom(in, LONGEST);
            if (element == null) {
                throw new EOFException();
            }
            return LDAPMessage.decode(element);
        } catch (ASN1Exception | LDAPException | LDAPRuntimeException broken) {
            throw new NonsenseException(connection.shown(String.valueOf(broken.getMessage())));
        }
    }
}
