package org.mailsonar.check.protocol;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;

/**
 * Tells of a certificate that is not accepted, and lets the handshake go on: for connections that would as well be made without encryption,
 * where a bad certificate is no worse than none (RFC 7435 §3). For one connection.
 */
final class NotedTrust extends ServerTrust {

    private final WatchedTrust trust;
    private final Consumer<CertificateRejection> rejected;

    NotedTrust(WatchedTrust trust, Consumer<CertificateRejection> rejected) {
        this.trust = trust;
        this.rejected = rejected;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        try {
            trust.checkServerTrusted(chain, type, socket);
        } catch (CertificateRejection rejection) {
            rejected.accept(rejection);
        }
    }

    /** Checks have sockets; whatever else comes is judged strictly. */
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        trust.checkServerTrusted(chain, type, engine);
    }
}
