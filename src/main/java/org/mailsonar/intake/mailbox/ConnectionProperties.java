package org.mailsonar.intake.mailbox;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.mailbox.MailboxSettings.Protocol;
import org.mailsonar.net.TrustedAuthorities;

/** What Jakarta Mail is told of a connection; its documentation of the packages imap and pop3 explains each. */
final class ConnectionProperties {

    private static final long MOST_BESIDE_MESSAGE = 4L * 1024 * 1024;

    private ConnectionProperties() {}

    static Properties of(MailboxSettings settings, MailboxLimits limits) throws MailboxTrouble {
        String prefix = settings.protocol() == Protocol.IMAP ? "mail.imap." : "mail.pop3.";
        boolean startTls = settings.security() == MailboxSecurity.STARTTLS;
        Properties properties = new Properties();
        properties.setProperty(
                prefix + "connectiontimeout", Long.toString(limits.connect().toMillis()));
        properties.setProperty(prefix + "timeout", Long.toString(limits.reply().toMillis()));
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(startTls));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(startTls));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        // Or else a server that our own authorities do not vouch for would be tried once more with Java's.
        properties.setProperty(prefix + "socketFactory.fallback", "false");
        properties.setProperty(
                prefix + "auth.mechanisms",
                settings.login() instanceof MailboxLogin.OAuth2 ? "XOAUTH2" : "PLAIN LOGIN");
        // Both write with a time limit themselves.
        properties.put(prefix + "socketFactory", LimitedSocket.factory(limits.reply(), mostAtOnce(settings)));
        if (settings.security() != MailboxSecurity.NONE) {
            properties.put(
                    prefix + "ssl.socketFactory",
                    LimitedSocket.tlsFactory(trusting(settings.caFile()), limits.reply(), mostAtOnce(settings)));
        }
        return properties;
    }

    /** How many bytes a server may send for one command: a message, or what can be told of 50 of them, or of 10,000 UIDs. */
    static long mostAtOnce(MailboxSettings settings) {
        return settings.maxMessageSize() + MOST_BESIDE_MESSAGE;
    }

    private static SSLSocketFactory trusting(@Nullable Path caFile) throws MailboxTrouble {
        if (caFile == null) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try {
            // Read for each connection, so a new one counts at once.
            return TrustedAuthorities.context(caFile).getSocketFactory();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new MailboxTrouble(
                    MailboxTrouble.Kind.SECURITY,
                    "caFile " + caFile + " cannot be read as certificates in PEM: " + unreadable,
                    unreadable);
        }
    }
}
