package org.mailsonar.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.Pause;

/**
 * Held by the one process that migrates a database: a lock on the file {@code …-migration} beside it, since Flyway knows no lock on
 * SQLite. The file is empty and stays, as deleting it would let two processes lock two different files of that name. The
 * operating system frees the lock of a process that dies.
 */
final class MigrationLock implements AutoCloseable {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final FileChannel channel;

    private MigrationLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for the lock; empty when another process, or another thread of this one, still has it after the given time. */
    static Optional<MigrationLock> take(Path database, Duration patience) throws IOException, InterruptedException {
        Path file = database.resolveSibling(database.getFileName() + "-migration");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = waitFor(channel, System.nanoTime() + patience.toNanos());
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? Optional.of(new MigrationLock(channel)) : Optional.empty();
    }

    private static boolean waitFor(FileChannel channel, long deadlineNanos) throws IOException, InterruptedException {
        while (tryLock(channel) == null) {
            if (System.nanoTime() - deadlineNanos > 0) {
                return false;
            }
            Pause.of(BETWEEN_TRIES);
        }
        return true;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Frees the lock. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
