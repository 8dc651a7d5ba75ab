package org.mailsonar.intake.smtp;

import java.util.Locale;

/** What an {@link SmtpListener} speaks, and whether TLS comes before its first word. */
public enum ListenerProtocol {

    /** SMTP (RFC 5321); with TLS files it offers STARTTLS (RFC 3207). */
    SMTP,

    /** SMTP within TLS from the first byte on (RFC 8314 §3.3); needs TLS files. */
    SMTPS,

    /** LMTP (RFC 2033), which answers for each recipient; with TLS files it offers STARTTLS. Not for port 25 (RFC 2033 §5). */
    LMTP;

    /** The scheme of a URL: {@code smtp}, {@code smtps} or {@code lmtp}. */
    public String scheme() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isLmtp() {
        return this == LMTP;
    }

    boolean beginsWithTls() {
        return this == SMTPS;
    }

    /** The word for the protocol in the greeting. */
    String greeting() {
        return isLmtp() ? "LMTP" : "ESMTP";
    }

    /** The command with which a client says who it is. */
    String hello() {
        return isLmtp() ? "LHLO" : "EHLO";
    }

    /**
     * The name for a trace line (RFC 3848, RFC 6531 §4.3).
     *
     * @param extended whether the client said EHLO or LHLO
     */
    String traceName(boolean extended, boolean internationalized, boolean secured) {
        if (!extended) {
            return "SMTP"; // HELO has no registered name within TLS.
        }
        String name = isLmtp() ? "LMTP" : internationalized ? "SMTP" : "ESMTP";
        return (internationalized ? "UTF8" : "") + name + (secured ? "S" : "");
    }
}
