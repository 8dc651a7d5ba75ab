package org.mailsonar.intake.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.mailbox.MailboxTrouble.Kind;

/**
 * The refresh token in its file. A new one from the server is written there before it is used, so that a process that is killed does not
 * lose it: a draft beside the file, made durable, takes the file's place. For one thread.
 */
final class RefreshToken {

    private static final Logger LOG = LogManager.getLogger(RefreshToken.class);
    private static final int LONGEST = 16 * 1024;

    private final Path file;

    /** The last one, where it could not be written. */
    private @Nullable String unwritten;

    RefreshToken(Path file) {
        this.file = file;
    }

    /** The token; read each time, so that a person can put another one there. */
    String get() throws MailboxTrouble {
        if (unwritten != null) {
            return unwritten;
        }
        try {
            return read();
        } catch (IOException unreadable) {
            throw new MailboxTrouble(
                    Kind.TOKEN, "refreshTokenFile " + file + " cannot be read: " + unreadable, unreadable);
        }
    }

    /** The server has named the one that is good from now on. */
    void replace(String token) {
        try {
            if (!token.equals(read())) {
                write(token);
            }
            unwritten = null;
        } catch (IOException failed) {
            if (unwritten == null) {
                LOG.error(
                        "refreshTokenFile {} cannot be written ({}); until it can, the new token is in memory alone",
                        file,
                        failed.toString());
            }
            unwritten = token;
        }
    }

    private String read() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                throw new IOException("it is empty");
            }
            return text;
        }
    }

    private void write(String token) throws IOException {
        Path real = Files.exists(file) ? file.toRealPath() : file;
        Path draft = real.resolveSibling(real.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        boolean isPosix = real.getFileSystem().supportedFileAttributeViews().contains("posix");
        try (FileChannel out = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                isPosix ? new FileAttribute<?>[] {ownerOnly} : new FileAttribute<?>[0])) {
            ByteBuffer bytes = ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(draft, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path directory = real.toAbsolutePath().getParent();
        if (isPosix && directory != null) {
            try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                entries.force(true); // the new name, too
            }
        }
    }
}
