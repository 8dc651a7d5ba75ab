package org.mailsonar.probe;

import java.util.HexFormat;
import org.mailsonar.probe.signature.Sha256;

/** The short name of a public key: the first 16 hex digits of SHA-256 over its X.509 encoding. */
final class KeyFingerprint {

    static final int LENGTH = 16;

    private KeyFingerprint() {}

    static String of(byte[] x509) {
        return HexFormat.of().formatHex(Sha256.digest(x509), 0, LENGTH / 2);
    }

    static boolean isValid(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return text.length() == LENGTH;
    }
}
