package org.mailsonar.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;

/**
 * Bytes under a label in a PEM file (RFC 7468), such as {@code PUBLIC KEY}. Where the file system knows permissions, a file with
 * forbidden ones is refused.
 */
final class PemFile {

    private static final int LONGEST_FILE = 16 * 1024;

    private PemFile() {}

    /**
     * Reads a file.
     *
     * @param secret whether only its owner may read it; nobody else may change it in any case
     */
    static byte[] read(Path file, String label, boolean secret) throws KeyFileException {
        try {
            if (Files.isDirectory(file)) {
                throw new KeyFileException(file, "is a directory; name the key file in it");
            }
            byte[] content = bytes(file);
            if (content.length > LONGEST_FILE) {
                throw new KeyFileException(file, "is too long for a key; make one with: mailsonar keygen");
            }
            if (secret && SecretFiles.isOpenToOthers(file)) {
                throw new KeyFileException(file, "may be read or changed by others; run: chmod 600 " + file);
            }
            if (SecretFiles.isChangeableByOthers(file)) {
                throw new KeyFileException(file, "may be changed by others; run: chmod go-w " + file);
            }
            return decode(file, label, new String(content, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException missing) {
            throw new KeyFileException(file, "is missing; make it with: mailsonar keygen, or copy it here");
        } catch (IOException unreadable) {
            throw new KeyFileException(
                    file,
                    "cannot be read by this user (" + unreadable.getClass().getSimpleName()
                            + "); give it to the user that Mailsonar runs as");
        }
    }

    /** Not more than can be a key, and not by the file's size, which for a device is 0. */
    private static byte[] bytes(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file)) {
            return input.readNBytes(LONGEST_FILE + 1);
        }
    }

    private static byte[] decode(Path file, String label, String pem) throws KeyFileException {
        String begin = "-----BEGIN " + label + "-----";
        int start = pem.indexOf(begin);
        int from = start + begin.length();
        int end = start < 0 ? -1 : pem.indexOf("-----END " + label + "-----", from);
        if (pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
            throw new KeyFileException(
                    file, "is encrypted, and nobody is there to be asked; run: openssl pkey -in " + file + " -out NEW");
        }
        if (end < 0) {
            throw new KeyFileException(file, "holds no " + label + " in PEM form; make one with: mailsonar keygen");
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from, end));
        } catch (IllegalArgumentException broken) {
            throw new KeyFileException(
                    file, "is damaged: the base64 between BEGIN and END cannot be read; copy it anew");
        }
    }

    private static String pem(String label, byte[] encoded) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** Writes a new file with these permissions; one that exists is never overwritten. */
    static void write(Path file, String label, byte[] encoded, String permissions) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
        Set<StandardOpenOption> createOnly = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, createOnly, attributes)) {
            channel.write(StandardCharsets.US_ASCII.encode(pem(label, encoded)));
        }
    }
}
