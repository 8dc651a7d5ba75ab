package org.mailsonar.intake.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** What {@link TlsFiles} hold at one moment. Not to be printed: one of them is secret. */
final class TlsFileBytes {

    /** A chain of ten large certificates has some 30 KiB. */
    private static final int LONGEST_FILE = 256 * 1024;

    /** A group may read it: Debian's ssl-cert is one for that. */
    private static final Set<PosixFilePermission> FORBIDDEN_FOR_KEYS = PosixFilePermissions.fromString("----wxrwx");

    private final byte[] certificate;
    private final byte[] key;

    private TlsFileBytes(byte[] certificate, byte[] key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** Reads both, the key file's permissions first where the file system knows them. */
    static TlsFileBytes read(TlsFiles files) {
        byte[] certificate = read(files.certificate(), false);
        return new TlsFileBytes(certificate, read(files.key(), true));
    }

    byte[] certificate() {
        return certificate;
    }

    byte[] key() {
        return key;
    }

    boolean sameAs(TlsFileBytes other) {
        return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
    }

    private static byte[] read(Path file, boolean secret) {
        try {
            if (Files.isDirectory(file)) {
                throw new TlsFileException(file, "is a directory; name the PEM file in it");
            }
            if (secret) {
                checkPermissions(file);
            }
            try (InputStream input = Files.newInputStream(file)) {
                byte[] bytes = input.readNBytes(LONGEST_FILE + 1);
                if (bytes.length > LONGEST_FILE) {
                    throw new TlsFileException(file, "is longer than 256 KiB; name a PEM file of one host");
                }
                return bytes;
            }
        } catch (NoSuchFileException missing) {
            throw new TlsFileException(file, "is missing; name the PEM file that the certificate authority gave");
        } catch (IOException unreadable) {
            throw new TlsFileException(
                    file,
                    "cannot be read by this user (" + unreadable.getClass().getSimpleName()
                            + "); let the user that Mailsonar runs as read it");
        }
    }

    private static void checkPermissions(Path file) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
            if (FORBIDDEN_FOR_KEYS.contains(permission)) {
                throw new TlsFileException(file, "may be read or changed by others; run: chmod 600 " + file);
            }
        }
    }
}
