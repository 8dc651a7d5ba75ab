package org.mailsonar.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where callers of one user come in: the socket {@code check} in a directory that nobody else may enter. The system lets in nobody else, so
 * nothing has to be proven. The lock beside it is held for as long as this lives. Thread-safe.
 */
final class ResidentDoor implements AutoCloseable {

    private static final int WAITING = 64;

    private final Path place;
    private final FileChannel lock;
    private final ServerSocketChannel door;
    private final String stamp;

    private ResidentDoor(Path place, FileChannel lock, ServerSocketChannel door) {
        this.place = place;
        this.lock = lock;
        this.door = door;
        this.stamp = FileStamp.of(place);
    }

    /**
     * Opens it; what another one left behind there goes.
     *
     * @throws IllegalArgumentException in words for people, when it cannot be had
     */
    static ResidentDoor open(Path directory) {
        Path place = directory.resolve("check");
        @Nullable FileChannel lock = null;
        @Nullable ServerSocketChannel door = null;
        try {
            makeOwn(directory);
            lock = lock(directory);
            Files.deleteIfExists(place);
            door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(place), WAITING);
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-------"));
            ResidentDoor opened = new ResidentDoor(place, lock, door);
            lock = null;
            door = null;
            return opened;
        } catch (IOException unusable) {
            throw new IllegalArgumentException(
                    directory + " cannot be used for calls: " + unusable
                            + "; name a directory of this user's alone with MAILSONAR_RESIDENT",
                    unusable);
        } finally {
            closeQuietly(door);
            closeQuietly(lock);
        }
    }

    /** The socket. */
    Path place() {
        return place;
    }

    /** The next caller; waits for one. */
    SocketChannel accept() throws IOException {
        return door.accept();
    }

    /** Whether callers still find it: somebody may tidy up there. */
    boolean isThere() {
        return FileStamp.of(place).equals(stamp);
    }

    @Override
    public void close() {
        closeQuietly(door);
        try {
            if (isThere()) {
                Files.deleteIfExists(place);
            }
        } catch (IOException stays) {
            // The next one removes it; nobody answers there.
        }
        closeQuietly(lock);
    }

    private static void makeOwn(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("it is no directory");
        }
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(directory));
        if (!permissions.endsWith("------")) {
            throw new IOException(
                    "others may look into it or change it (" + permissions + "); run: chmod 700 " + directory);
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        FileChannel lock = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean isOurs = false;
        try {
            // What one makes is one's own, so the owner of the file is the one who runs this.
            if (!Files.getAttribute(file, "unix:uid").equals(Files.getAttribute(directory, "unix:uid"))) {
                throw new IOException("it belongs to another user");
            }
            if (lock.tryLock() == null) {
                throw new IllegalArgumentException("a resident checker of this user is there already, at " + directory
                        + "; stop that one first, or give this one a directory of its own with MAILSONAR_RESIDENT");
            }
            isOurs = true;
            return lock;
        } finally {
            if (!isOurs) {
                lock.close();
            }
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception ignored) {
            // It ends with the process.
        }
    }
}
