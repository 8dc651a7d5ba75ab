package org.mailsonar.intake.smtp;

import java.nio.file.Path;

/**
 * The files that a listener's TLS stands on, in PEM form (RFC 7468), as certbot and openssl write them. A listener reads them again
 * when they change.
 *
 * @param certificate the certificate of this host, and behind it those of the authorities between it and a root
 * @param key its private key (PKCS#8, PKCS#1 or SEC 1, not encrypted); not to be read by everyone
 */
public record TlsFiles(Path certificate, Path key) {

    /**
     * Reads both files as a listener does.
     *
     * @throws TlsFileException if one cannot be used, or they do not belong together; its message is one line for people
     */
    public void check() {
        TlsIdentity.of(this, TlsFileBytes.read(this));
    }
}
