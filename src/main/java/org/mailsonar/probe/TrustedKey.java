package org.mailsonar.probe;

import java.security.PublicKey;
import java.util.Arrays;
import org.mailsonar.probe.signature.Ed25519Key;

/**
 * A public key whose probes are believed. Immutable and thread-safe.
 *
 * @param key the key, ready to check signatures
 * @param fingerprint the key's name in tokens
 */
public record TrustedKey(Ed25519Key key, String fingerprint) {

    /** What stands before the 32 bytes of an Ed25519 public key in its X.509 encoding (RFC 8410 §4). */
    private static final byte[] X509_PREFIX = {0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00};

    /**
     * A key with its fingerprint, which is computed.
     *
     * @param x509 its X.509 encoding, which for Ed25519 is one prefix for all keys and the key itself
     * @throws IllegalArgumentException when this is no Ed25519 key
     */
    static TrustedKey of(byte[] x509) {
        int length = X509_PREFIX.length;
        if (x509.length < length || !Arrays.equals(X509_PREFIX, 0, length, x509, 0, length)) {
            throw new IllegalArgumentException("not the X.509 encoding of an Ed25519 key");
        }
        return new TrustedKey(Ed25519Key.of(Arrays.copyOfRange(x509, length, x509.length)), KeyFingerprint.of(x509));
    }

    /** The same, of one of Java's own keys. */
    public static TrustedKey of(PublicKey key) {
        return of(key.getEncoded());
    }
}
