package org.mailsonar.relay;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;
import org.mailsonar.net.TrustedAuthorities;

/**
 * Opens TLS to one host. The chain must lead to a trusted authority and the certificate must name the host (RFC 9525); there
 * is no way to leave either out. Thread-safe.
 */
final class TlsClient {

    private final String host;
    private final int port;
    private final @Nullable SSLContext ownContext;

    /** Trusts the authorities in the file of the settings, or else those that Java trusts. */
    TlsClient(SmtpSettings settings) {
        this.host = settings.host();
        this.port = settings.port();
        Path caFile = settings.caFile();
        this.ownContext = caFile == null ? null : context(caFile);
    }

    /** Encrypts a connection; returns when both sides have agreed. */
    SSLSocket over(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) factory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** What to tell people, with the remedy where the certificate is at fault. */
    static String reason(IOException failure) {
        return failure.getCause() instanceof CertificateException untrusted
                ? "the certificate was not accepted: " + untrusted.getMessage()
                        + " (it must name this host; an authority of your own is named with caFile)"
                : String.valueOf(failure.getMessage());
    }

    private SSLSocketFactory factory() {
        return ownContext == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : ownContext.getSocketFactory();
    }

    private static SSLContext context(Path caFile) {
        try {
            return TrustedAuthorities.context(caFile);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    OneLine.ascii("caFile " + caFile + " cannot be read as certificates in PEM: " + e), e);
        }
    }
}
