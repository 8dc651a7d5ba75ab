package org.mailsonar.intake.mailbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS connections that trust the authorities of one file alone. The file is read for each, so a new one counts at once. */
final class TrustedAuthorities {

    private TrustedAuthorities() {}

    static SSLSocketFactory in(Path caFile) throws MailboxTrouble {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(caFile))) {
            Collection<? extends Certificate> authorities =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (authorities.isEmpty()) {
                throw new GeneralSecurityException("it holds none");
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate authority : authorities) {
                trusted.setCertificateEntry("authority-" + trusted.size(), authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new MailboxTrouble(
                    MailboxTrouble.Kind.SECURITY,
                    "caFile " + caFile + " cannot be read as certificates in PEM: " + unreadable,
                    unreadable);
        }
    }
}
