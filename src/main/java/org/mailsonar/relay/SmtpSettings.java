package org.mailsonar.relay;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server that takes our mail.
 *
 * @param host a name, or an address without brackets
 * @param port 1 to 65535
 * @param security whether and when TLS begins
 * @param caFile certificates in PEM of the authorities to trust; null for those that Java trusts
 * @param login who logs in; null for nobody
 * @param heloName what EHLO names; null for the address literal of this end of the connection
 * @param limits times and numbers
 */
public record SmtpSettings(
        String host,
        int port,
        TransportSecurity security,
        @Nullable Path caFile,
        @Nullable SmtpLogin login,
        @Nullable String heloName,
        SmtpLimits limits)
        implements RelaySettings {

    public SmtpSettings {
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("a mail server needs a host and a port from 1 to 65535");
        }
        if (heloName != null && !isHeloName(heloName)) {
            throw new IllegalArgumentException(
                    "helo is a host name or an address literal, such as helo=mail.company.test");
        }
    }

    /** The same server with other limits. */
    public SmtpSettings withLimits(SmtpLimits otherLimits) {
        return new SmtpSettings(host, port, security, caFile, login, heloName, otherLimits);
    }

    /** Host and port as people write them: {@code mail.company.test:25}, {@code [::1]:25}. */
    public String hostAndPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public RelaySettings forOneMessage() {
        return withLimits(limits.keepingNone());
    }

    @Override
    public Relay open() {
        return new SmtpRelay(this);
    }

    @Override
    public String describe() {
        return (security == TransportSecurity.IMPLICIT ? "smtps://" : "smtp://") + hostAndPort();
    }

    /** It becomes part of a command line: nothing may end that line or begin another argument. */
    private static boolean isHeloName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 126 || (!Character.isLetterOrDigit(c) && ".-_[]:".indexOf(c) < 0)) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= 255;
    }
}
