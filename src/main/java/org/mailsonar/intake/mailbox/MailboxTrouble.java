package org.mailsonar.intake.mailbox;

import java.security.cert.CertificateException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;

/** Why a mailbox cannot be looked at now. The message is one line for people, with the remedy where one is known; no secret in it. */
final class MailboxTrouble extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of trouble; it is logged when this changes. */
    enum Kind {
        /** Nobody answers, or stops to. */
        UNREACHABLE,
        /** TLS: the certificate, or that there is none. */
        SECURITY,
        /** The server refuses the login. */
        LOGIN,
        /** The token server gives no token. */
        TOKEN,
        /** The server refuses or lacks something else. */
        SERVER
    }

    private static final Pattern WRAPPED = Pattern.compile("^\\* BYE Jakarta Mail Exception: ([\\w.]+Exception: )?");

    private final Kind kind;
    private boolean greeted;

    MailboxTrouble(Kind kind, String message, @Nullable Throwable cause) {
        super(OneLine.printable(message), cause);
        this.kind = kind;
    }

    /** Trouble while connecting or talking, told by its cause where that is a certificate. */
    static MailboxTrouble of(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException untrusted) {
                return new MailboxTrouble(
                        Kind.SECURITY,
                        "the certificate was not accepted: " + untrusted.getMessage()
                                + " (it must name this host; an authority of your own is named with caFile)",
                        failure);
            }
        }
        return new MailboxTrouble(Kind.UNREACHABLE, innermost(failure), failure);
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        // The library wraps a connection that ended, or was waited for in vain, into an answer that no server gave.
        String plain = WRAPPED.matcher(said).replaceFirst("");
        return plain.endsWith("timed out") && !plain.startsWith("no answer") && !plain.contains("onnect timed out")
                ? "no answer in time (" + plain + ")"
                : plain;
    }

    Kind kind() {
        return kind;
    }

    /** The same, of a server that had said its first words. */
    MailboxTrouble afterGreeting() {
        greeted = true;
        return this;
    }

    /** Whether the server is known to have said its first words. */
    boolean isGreeted() {
        return greeted;
    }
}
