package org.mailsonar.intake.mailbox;

import java.nio.file.Path;
import java.util.Properties;
import org.mailsonar.intake.mailbox.MailboxSettings.Protocol;

/** What Jakarta Mail is told of a connection; its documentation of the packages imap and pop3 explains each. */
final class ConnectionProperties {

    private ConnectionProperties() {}

    static Properties of(MailboxSettings settings, MailboxLimits limits) throws MailboxTrouble {
        String prefix = settings.protocol() == Protocol.IMAP ? "mail.imap." : "mail.pop3.";
        boolean startTls = settings.security() == MailboxSecurity.STARTTLS;
        Properties properties = new Properties();
        properties.setProperty(
                prefix + "connectiontimeout", Long.toString(limits.connect().toMillis()));
        properties.setProperty(prefix + "timeout", Long.toString(limits.reply().toMillis()));
        properties.setProperty(
                prefix + "writetimeout", Long.toString(limits.reply().toMillis()));
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(startTls));
        properties.setProperty(prefix + "starttls.required", Boolean.toString(startTls));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        // Or else a server that our own authorities do not vouch for would be tried once more with Java's.
        properties.setProperty(prefix + "socketFactory.fallback", "false");
        properties.setProperty(
                prefix + "auth.mechanisms",
                settings.login() instanceof MailboxLogin.OAuth2 ? "XOAUTH2" : "PLAIN LOGIN");
        Path caFile = settings.caFile();
        if (caFile != null && settings.security() != MailboxSecurity.NONE) {
            properties.put(prefix + "ssl.socketFactory", TrustedAuthorities.in(caFile));
        }
        return properties;
    }
}
