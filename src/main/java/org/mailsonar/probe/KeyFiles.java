package org.mailsonar.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * Ed25519 keys in PEM files (RFC 7468): PKCS#8 for the private one, X.509 for the public one, as openssl reads and writes them.
 * Where the file system knows permissions, a private key that others may read and any key that others may change are refused.
 */
public final class KeyFiles {

    /** What stands before the 32 bytes of an Ed25519 public key in its X.509 encoding (RFC 8410 §4). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int LONGEST_FILE = 16 * 1024;
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final Set<PosixFilePermission> CHANGEABLE_BY_OTHERS = PosixFilePermissions.fromString("----w--w-");
    private static final Set<PosixFilePermission> OPEN_TO_OTHERS = PosixFilePermissions.fromString("---rwxrwx");

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
            write(privateFile, pem(PRIVATE, pair.getPrivate().getEncoded()), "rw-------");
            write(publicFile, pem(PUBLIC, pair.getPublic().getEncoded()), "rw-r--r--");
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

    /** Reads a private key; the file must be its owner's alone. */
    public static PrivateKey readPrivate(Path file) throws KeyFileException {
        byte[] encoded =
                read(file, PRIVATE, OPEN_TO_OTHERS, "may be read or changed by others; run: chmod 600 " + file);
        try {
            return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException wrong) {
            throw new KeyFileException(file, "is not an Ed25519 private key; make one with: mailsonar keygen");
        }
    }

    /** Reads a private key and computes the public key that belongs to it (RFC 8032 §5.1.5). */
    public static KeyPair readPair(Path file) throws KeyFileException {
        PrivateKey key = readPrivate(file);
        byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
        byte[] point =
                new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + point.length);
        System.arraycopy(point, 0, encoded, X509_PREFIX.length, point.length);
        try {
            return new KeyPair(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)), key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("a computed Ed25519 key is one", impossible);
        }
    }

    /** Reads a public key with the platform's own cryptography. */
    public static PublicKey readPublic(Path file) throws KeyFileException {
        Provider provider = Security.getProvider("SunEC");
        return readPublic(file, provider);
    }

    /** Reads a public key for use with a given provider of cryptography. */
    public static PublicKey readPublic(Path file, Provider provider) throws KeyFileException {
        byte[] encoded = read(file, PUBLIC, CHANGEABLE_BY_OTHERS, "may be changed by others; run: chmod go-w " + file);
        try {
            return KeyFactory.getInstance("Ed25519", provider).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException wrong) {
            throw new KeyFileException(file, "is not an Ed25519 public key; give the .pub file of mailsonar keygen");
        }
    }

    private static byte[] read(Path file, String label, Set<PosixFilePermission> forbidden, String remedy)
            throws KeyFileException {
        try {
            if (Files.isDirectory(file)) {
                throw new KeyFileException(file, "is a directory; name the key file in it");
            }
            if (Files.size(file) > LONGEST_FILE) {
                throw new KeyFileException(file, "is too long for a key; make one with: mailsonar keygen");
            }
            checkPermissions(file, forbidden, remedy);
            return decode(file, label, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException missing) {
            throw new KeyFileException(file, "is missing; make it with: mailsonar keygen, or copy it here");
        } catch (IOException unreadable) {
            throw new KeyFileException(
                    file,
                    "cannot be read by this user (" + unreadable.getClass().getSimpleName()
                            + "); give it to the user that Mailsonar runs as");
        }
    }

    private static void checkPermissions(Path file, Set<PosixFilePermission> forbidden, String remedy)
            throws IOException, KeyFileException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
            if (forbidden.contains(permission)) {
                throw new KeyFileException(file, remedy);
            }
        }
    }

    private static byte[] decode(Path file, String label, String pem) throws KeyFileException {
        String begin = "-----BEGIN " + label + "-----";
        int start = pem.indexOf(begin);
        int end = pem.indexOf("-----END " + label + "-----");
        if (pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
            throw new KeyFileException(
                    file, "is encrypted, and nobody is there to be asked; run: openssl pkey -in " + file + " -out NEW");
        }
        if (start < 0 || end < start) {
            throw new KeyFileException(file, "holds no " + label + " in PEM form; make one with: mailsonar keygen");
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
        } catch (IllegalArgumentException broken) {
            throw new KeyFileException(
                    file, "is damaged: the base64 between BEGIN and END cannot be read; copy it anew");
        }
    }

    private static String pem(String label, byte[] encoded) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    private static void write(Path file, String text, String permissions) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> createOnly = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, createOnly, attributes)) {
            channel.write(StandardCharsets.US_ASCII.encode(text));
        }
    }

    private static KeyFileException alreadyThere(Path file) {
        return new KeyFileException(file, "is there already and is not overwritten; choose another directory");
    }
}
