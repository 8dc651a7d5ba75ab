package org.mailsonar.check.protocol;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.TlsFacts;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.TimeSource;

/**
 * Lets the real trust decide, and says in words that help why it did not accept a certificate. It never accepts one that the real trust
 * does not. Thread-safe.
 */
final class WatchedTrust extends ServerTrust {

    private static final String OTHER_NAME = "get one for this name, or say with name=NAME which of them is meant";

    private final X509ExtendedTrustManager trust;
    private final TimeSource time;

    WatchedTrust(X509ExtendedTrustManager trust, TimeSource time) {
        this.trust = trust;
        this.time = time;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        SSLSession session = socket instanceof SSLSocket encrypted ? encrypted.getHandshakeSession() : null;
        try {
            trust.checkServerTrusted(chain, type, socket);
        } catch (CertificateException e) {
            throw rejection(e, chain, session);
        }
        requireValidity(chain, session);
        requireNames(chain, session);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        try {
            trust.checkServerTrusted(chain, type, engine);
        } catch (CertificateException e) {
            throw rejection(e, chain, engine.getHandshakeSession());
        }
        requireValidity(chain, engine.getHandshakeSession());
        requireNames(chain, engine.getHandshakeSession());
    }

    /** Java does not look at the dates of a certificate that is itself one of those that are trusted. */
    private void requireValidity(X509Certificate[] chain, @Nullable SSLSession session) throws CertificateRejection {
        // A server may send more than the way to an authority; what is out of date there does no harm.
        String words = outOfDate(new X509Certificate[] {chain[0]}, time.now().wall());
        if (words != null) {
            throw new CertificateRejection(OneLine.printable(words), facts(chain, session));
        }
    }

    /** Java still takes the common name where there are no others; RFC 9525 §2 does not. */
    private static void requireNames(X509Certificate[] chain, @Nullable SSLSession session)
            throws CertificateRejection {
        if (CertificateFacts.names(chain[0]).isEmpty()) {
            throw new CertificateRejection(
                    "the certificate names no host (a common name does not count any more): get one with a subject"
                            + " alternative name",
                    facts(chain, session));
        }
    }

    private CertificateRejection rejection(
            CertificateException reason, X509Certificate[] chain, @Nullable SSLSession session) {
        String words = outOfDate(chain, time.now().wall());
        if (words == null) {
            words = isWithoutWay(reason) ? unknown(chain) : otherwise(reason, chain[0]);
        }
        return new CertificateRejection(OneLine.printable(words), facts(chain, session));
    }

    private static @Nullable String outOfDate(X509Certificate[] chain, Instant now) {
        for (X509Certificate certificate : chain) {
            String whose = certificate.equals(chain[0])
                    ? "the certificate"
                    : "the certificate of "
                            + certificate.getSubjectX500Principal().getName() + " in the chain";
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                return whose + " expired on " + day(certificate.getNotAfter().toInstant()) + ": renew it";
            }
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                return whose + " is not valid before "
                        + day(certificate.getNotBefore().toInstant())
                        + ": look at it, and at the clock of this machine";
            }
        }
        return null;
    }

    private static String unknown(X509Certificate[] chain) {
        X509Certificate server = chain[0];
        String issuer = server.getIssuerX500Principal().getName();
        return server.getSubjectX500Principal().equals(server.getIssuerX500Principal())
                ? "the certificate is self-signed and not known here: name it with caFile=FILE, or get one of an authority"
                : "the certificate was signed by an authority that is not trusted here (" + issuer
                        + "): name that one's certificate with caFile=FILE, or have the server send the whole chain";
    }

    private static String otherwise(CertificateException reason, X509Certificate server) {
        String message = String.valueOf(reason.getMessage());
        if (!message.startsWith("No ")) {
            return "the certificate was not accepted: " + message;
        }
        List<String> names = CertificateFacts.names(server);
        return names.isEmpty()
                ? "the certificate names no host (a common name does not count any more): " + OTHER_NAME
                : "the certificate is for " + String.join(", ", names.subList(0, Math.min(5, names.size())))
                        + " and not for this host: " + OTHER_NAME;
    }

    private static boolean isWithoutWay(CertificateException reason) {
        Throwable cause = reason;
        for (int depth = 0; cause != null && depth < 5; depth++) {
            if (cause instanceof CertPathBuilderException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static TlsFacts facts(X509Certificate[] chain, @Nullable SSLSession session) {
        return CertificateFacts.of(
                session == null ? "" : session.getProtocol(),
                session == null ? "" : session.getCipherSuite(),
                chain[0],
                chain.length);
    }

    private static String day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
