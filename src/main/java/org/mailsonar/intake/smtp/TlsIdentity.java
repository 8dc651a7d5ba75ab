package org.mailsonar.intake.smtp;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Who a listener proves to be: a certificate chain and the private key of its first certificate, which is proven to belong to it.
 * Immutable; not to be printed, since the key is secret.
 */
final class TlsIdentity {

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private TlsIdentity(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * Makes it of what the files hold.
     *
     * @throws TlsFileException if they cannot be used, or do not belong together as while they are being replaced
     */
    static TlsIdentity of(TlsFiles files, TlsFileBytes bytes) {
        List<X509Certificate> chain = chain(files.certificate(), bytes.certificate());
        PublicKey owner = chain.getFirst().getPublicKey();
        PrivateKey key = PrivateKeyReader.read(files.key(), bytes.key(), owner);
        if (!belongTogether(key, owner)) {
            throw new TlsFileException(
                    files.key(),
                    "does not belong to the first certificate in " + files.certificate()
                            + "; name the key that the certificate was made for");
        }
        return new TlsIdentity(chain, key);
    }

    X509Certificate[] chain() {
        return chain.toArray(X509Certificate[]::new);
    }

    PrivateKey key() {
        return key;
    }

    /** When the first certificate of the chain to do so expires. */
    Instant expires() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static List<X509Certificate> chain(Path file, byte[] content) {
        List<X509Certificate> chain = new ArrayList<>();
        for (PemText.Block block : PemText.blocks(file, content)) {
            if (block.label().equals("CERTIFICATE")) {
                chain.add(certificate(file, block.bytes()));
            }
        }
        if (chain.isEmpty()) {
            throw new TlsFileException(file, "holds no certificate in PEM form; name the file with the whole chain");
        }
        return List.copyOf(chain);
    }

    private static X509Certificate certificate(Path file, byte[] encoded) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException | RuntimeException broken) {
            throw new TlsFileException(file, "holds a certificate that cannot be read; copy it anew");
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey owner) {
        byte[] message = "proof".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(
                    switch (owner.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> owner.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(message);
            byte[] signed = signature.sign();
            signature.initVerify(owner);
            signature.update(message);
            return signature.verify(signed);
        } catch (GeneralSecurityException foreign) {
            return false;
        }
    }
}
