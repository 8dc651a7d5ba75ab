package org.mailsonar.check.protocol;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.TlsFacts;
import org.mailsonar.message.OneLine;

/** Reads {@link TlsFacts} out of what a server showed. */
final class CertificateFacts {

    private static final Integer DNS_NAME = 2;
    private static final Integer ADDRESS = 7;

    private CertificateFacts() {}

    /** Of an encrypted connection; null where the server showed no certificate that can be read. */
    static @Nullable TlsFacts of(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate server
                    ? of(session.getProtocol(), session.getCipherSuite(), server, chain.length)
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    static TlsFacts of(String version, String cipher, X509Certificate server, int chain) {
        return new TlsFacts(
                version,
                cipher,
                OneLine.printable(server.getSubjectX500Principal().getName()),
                names(server),
                OneLine.printable(server.getIssuerX500Principal().getName()),
                server.getNotBefore().toInstant(),
                server.getNotAfter().toInstant(),
                chain);
    }

    /** The names that it is for: those of its extension alone, since a common name does not count (RFC 9525 §2). */
    static List<String> names(X509Certificate server) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = server.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if ((DNS_NAME.equals(name.getFirst()) || ADDRESS.equals(name.getFirst()))
                        && name.getLast() instanceof String text) {
                    names.add(OneLine.printable(text));
                }
            }
        } catch (CertificateParsingException e) {
            return List.of();
        }
        return names;
    }
}
