package org.mailsonar.net;

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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Who is trusted to vouch for a server: the authorities of one file alone, or else those that Java trusts. */
public final class TrustedAuthorities {

    private TrustedAuthorities() {}

    /**
     * Trust in the authorities of a file in PEM.
     *
     * @throws IOException when it cannot be read
     * @throws GeneralSecurityException when it holds no certificates
     */
    public static TrustManager[] in(Path caFile) throws IOException, GeneralSecurityException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(caFile))) {
            Collection<? extends Certificate> authorities =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (authorities.isEmpty()) {
                throw new GeneralSecurityException("it holds no certificate");
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate authority : authorities) {
                trusted.setCertificateEntry("authority-" + trusted.size(), authority);
            }
            return managers(trusted);
        }
    }

    /** Trust in the authorities that Java trusts. */
    public static TrustManager[] ofJava() throws GeneralSecurityException {
        return managers(null);
    }

    /**
     * TLS that trusts the authorities of a file alone.
     *
     * @throws IOException when it cannot be read
     * @throws GeneralSecurityException when it holds no certificates
     */
    public static SSLContext context(Path caFile) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, in(caFile), null);
        return context;
    }

    private static TrustManager[] managers(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        return trust.getTrustManagers();
    }
}
