package org.mailsonar.intake.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * Makes a private key of a PEM block. PKCS#8 ({@code PRIVATE KEY}) is what Java takes; the older forms of one algorithm each, PKCS#1
 * ({@code RSA PRIVATE KEY}) and SEC 1 ({@code EC PRIVATE KEY}), lack the name of the algorithm and its parameters, which the
 * certificate knows.
 */
final class PrivateKeyReader {

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private PrivateKeyReader() {}

    /**
     * The first private key of a file.
     *
     * @param owner the public key that it is to belong to
     * @throws TlsFileException if there is none that can be used
     */
    static PrivateKey read(Path file, byte[] content, PublicKey owner) {
        for (PemText.Block block : PemText.blocks(file, content)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return key(file, block.bytes(), owner);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return key(file, wrapped(block.bytes(), owner), owner);
                }
                case "ENCRYPTED PRIVATE KEY" -> throw PemText.encrypted(file);
                default -> {
                    // "EC PARAMETERS", which openssl writes before the key, or a certificate in the same file.
                }
            }
        }
        throw new TlsFileException(
                file, "holds no private key in PEM form; name the key that belongs to the certificate");
    }

    private static PrivateKey key(Path file, byte[] encoded, PublicKey owner) {
        try {
            return KeyFactory.getInstance(owner.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | RuntimeException wrong) {
            throw new TlsFileException(
                    file,
                    "is no " + owner.getAlgorithm()
                            + " key, as the certificate needs; name the key that belongs to the certificate");
        }
    }

    /** PKCS#8 (RFC 5208 §5) around a key of one algorithm. */
    private static byte[] wrapped(byte[] key, PublicKey owner) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(VERSION_0);
        inner.writeBytes(algorithm(owner.getEncoded()));
        inner.writeBytes(element(OCTET_STRING, key));
        return element(SEQUENCE, inner.toByteArray());
    }

    /** The algorithm with its parameters: the first element of an X.509 public key (RFC 5280 §4.1.2.7). */
    private static byte[] algorithm(byte[] publicKey) {
        int start = headerLength(publicKey, 0);
        int header = headerLength(publicKey, start);
        int length = publicKey[start + 1] & 0xFF;
        if (header > 2) {
            length = 0;
            for (int i = start + 2; i < start + header; i++) {
                length = (length << 8) | (publicKey[i] & 0xFF);
            }
        }
        byte[] algorithm = new byte[header + length];
        System.arraycopy(publicKey, start, algorithm, 0, algorithm.length);
        return algorithm;
    }

    private static int headerLength(byte[] der, int start) {
        int first = der[start + 1] & 0xFF;
        return first < 0x80 ? 2 : 2 + (first & 0x7F);
    }

    /** One DER element of less than 16 MiB. */
    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x83);
            out.write(content.length >> 16);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
