package org.mailsonar.probe;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * Ed25519 keys in PEM files (RFC 7468): PKCS#8 for the private one, X.509 for the public one, as openssl reads and writes them.
 * Where the file system knows permissions, a private key that others may read ({@link SecretFiles}) and any key that others may
 * change are refused.
 */
public final class KeyFiles {

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private KeyFiles() {}

    /**
     * Makes a key pair and writes {@code monitor.key} (mode 0600) and {@code monitor.pub} into a directory, which is made when
     * missing. An existing file is never overwritten.
     *
     * @throws KeyFileException when one of the files is there already, or cannot be written
     */
    public static void generate(Path directory, String name) throws KeyFileException {
        Path privateFile = directory.resolve(name + ".key");
        Path publicFile = directory.resolve(name + ".pub");
        if (Files.exists(publicFile)) {
            throw alreadyThere(publicFile);
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Files.createDirectories(directory);
            PemFile.write(privateFile, PRIVATE, pair.getPrivate().getEncoded(), "rw-------");
            PemFile.write(publicFile, PUBLIC, pair.getPublic().getEncoded(), "rw-r--r--");
        } catch (FileAlreadyExistsException there) {
            throw alreadyThere(Path.of(there.getFile()));
        } catch (IOException failed) {
            throw new KeyFileException(
                    privateFile,
                    "cannot be written (" + failed.getClass().getSimpleName()
                            + "); choose a directory that this user may" + " write to");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", impossible);
        }
    }

    /** Reads a private key; the file must be its owner's alone, or root's and a group's to read. */
    public static PrivateKey readPrivate(Path file) throws KeyFileException {
        byte[] encoded = PemFile.read(file, PRIVATE, true);
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException wrong) {
            throw new KeyFileException(file, "is not an Ed25519 private key; make one with: mailsonar keygen");
        }
    }

    /**
     * Reads a private key and computes the public key that belongs to it (RFC 8032 §5.1.5).
     *
     * @throws KeyFileException when the file cannot be used
     */
    public static KeyPair readPair(Path file) throws KeyFileException {
        PrivateKey key = readPrivate(file);
        byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
            KeyPair pair = new KeyPair(generator.generateKeyPair().getPublic(), key);
            checkThatItBelongsTogether(file, pair);
            return pair;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", impossible);
        }
    }

    /** That a new key is made of just the given bytes is nowhere promised, so it is proven each time. */
    private static void checkThatItBelongsTogether(Path file, KeyPair pair)
            throws KeyFileException, GeneralSecurityException {
        byte[] message = {'p', 'r', 'o', 'o', 'f'};
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(message);
        if (!TrustedKey.of(pair.getPublic()).key().hasSigned(message, signature.sign())) {
            throw new KeyFileException(
                    file, "has a public key that this Java cannot compute; run Mailsonar with the Java it is made for");
        }
    }

    /** Reads a public key; the file may be changed by its owner alone. */
    public static TrustedKey readPublic(Path file) throws KeyFileException {
        byte[] encoded = PemFile.read(file, PUBLIC, false);
        try {
            return TrustedKey.of(encoded);
        } catch (IllegalArgumentException wrong) {
            throw new KeyFileException(file, "is not an Ed25519 public key; give the .pub file of mailsonar keygen");
        }
    }

    private static KeyFileException alreadyThere(Path file) {
        return new KeyFileException(file, "is there already and is not overwritten; choose another directory");
    }

    /** Randomness that is none: the private key that is known already. */
    private static final class GivenBytes extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] given;

        GivenBytes(byte[] given) {
            this.given = given;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(given, 0, bytes, 0, Math.min(given.length, bytes.length));
        }
    }
}
