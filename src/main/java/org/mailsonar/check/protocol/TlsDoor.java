package org.mailsonar.check.protocol;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.TlsFacts;
import org.mailsonar.message.OneLine;
import org.mailsonar.net.TrustedAuthorities;
import org.mailsonar.time.TimeSource;

/**
 * Opens TLS for checks. The chain must lead to a trusted authority and the certificate must name the host (RFC 9525); no option leaves
 * either out. A certificate that is not accepted ends the handshake with a {@link CertificateRejection} as the cause, or, where no
 * encryption at all would do as well, is told of. Thread-safe.
 */
public final class TlsDoor {

    private final @Nullable WatchedTrust own;

    /**
     * A door by these settings.
     *
     * @throws IllegalArgumentException when the file of authorities cannot be used
     */
    public TlsDoor(TlsSettings settings, TimeSource time) {
        Path caFile = settings.caFile();
        this.own = caFile == null ? null : own(caFile, time);
    }

    /**
     * Encrypts a connection.
     *
     * @param name who the other side must be; also told to it (SNI)
     */
    SSLSocket over(Socket plain, String name, int port) throws IOException {
        return over(trust(), plain, name, port);
    }

    /**
     * The same where a connection without encryption would do as well, so that one whose certificate is not accepted does no harm (RFC 7435 §3). Nothing
     * secret may be sent over it.
     *
     * @param rejected is told when the certificate is not accepted, before this ends
     */
    SSLSocket anyhowOver(Socket plain, String name, int port, Consumer<CertificateRejection> rejected)
            throws IOException {
        return over(new NotedTrust(trust(), rejected), plain, name, port);
    }

    private WatchedTrust trust() {
        return own == null ? OfJava.TRUST : own;
    }

    private static SSLSocket over(TrustManager trust, Socket plain, String name, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context(trust).getSocketFactory().createSocket(plain, name, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** What a connection is like; null where the server showed no certificate that can be read. */
    public static @Nullable TlsFacts facts(SSLSession session) {
        return CertificateFacts.of(session);
    }

    /** Why a handshake did not end well, if it is because of the certificate; null otherwise. */
    public static @Nullable CertificateRejection rejection(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 8; depth++) {
            if (cause instanceof CertificateRejection rejection) {
                return rejection;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static WatchedTrust own(Path caFile, TimeSource time) {
        try {
            return trust(TrustedAuthorities.in(caFile), time);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    OneLine.printable("caFile " + caFile + " cannot be read as certificates in PEM: " + e), e);
        }
    }

    private static WatchedTrust trust(TrustManager[] managers, TimeSource time) throws GeneralSecurityException {
        for (TrustManager manager : managers) {
            if (manager instanceof X509ExtendedTrustManager full) {
                return new WatchedTrust(full, time);
            }
        }
        throw new GeneralSecurityException("nothing that checks certificates");
    }

    /**
     * For one connection. A context remembers sessions, and a resumed one would show the certificate of a while ago and have nobody judge it; a new
     * one costs a hundredth of the handshake.
     */
    private static SSLContext context(TrustManager trust) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("Java has no TLS: " + e, e);
        }
    }

    /** Read when first needed: it takes longer than a whole check without encryption. */
    private static final class OfJava {

        static final WatchedTrust TRUST = make();

        private static WatchedTrust make() {
            try {
                return trust(TrustedAuthorities.ofJava(), TimeSource.system());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("Java has no TLS: " + e, e);
            }
        }
    }
}
