package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock that keeps a second reflector away from a spool: on {@code SPOOL/lock}, held by the operating system for as long as the
 * process lives and gone with it, whatever it died of. Not thread-safe.
 */
final class SpoolLock implements AutoCloseable {

    /** A file's lock belongs to a process, and closing the file once loosens it: so within one process this set decides. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private @Nullable FileChannel channel;
    private @Nullable Object identity;
    private @Nullable Path heldHere;

    SpoolLock(Path spool) {
        this.file = spool.resolve("lock");
    }

    /**
     * Takes the lock, or keeps it. A spool that was deleted and made anew has another lock file, which is locked then.
     *
     * @throws SpoolTakenException when another reflector has it
     */
    void take() throws IOException {
        if (channel != null && Objects.equals(identity, identityNow())) {
            return;
        }
        close();
        Path place = Objects.requireNonNull(file.getParent()).toRealPath();
        if (!HELD_HERE.add(place)) {
            throw new SpoolTakenException();
        }
        heldHere = place;
        FileChannel opened = null;
        try {
            opened = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (opened.tryLock() == null) {
                throw new SpoolTakenException();
            }
            channel = opened;
            identity = identityNow();
        } finally {
            if (channel == null) {
                if (opened != null) {
                    opened.close();
                }
                close();
            }
        }
    }

    private @Nullable Object identityNow() throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException gone) {
            return "gone";
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ended) {
            // The lock goes with the process then.
        }
        channel = null;
        if (heldHere != null) {
            HELD_HERE.remove(heldHere);
        }
        heldHere = null;
    }

    /** Another reflector watches this spool. */
    static final class SpoolTakenException extends IOException {

        private static final long serialVersionUID = 1L;

        SpoolTakenException() {
            super("another reflector watches it; stop that one, or give this one a spool of its own");
        }
    }
}
