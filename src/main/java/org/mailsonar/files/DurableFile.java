package org.mailsonar.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Writes files that are there as a whole or not at all, also after a crash. Thread-safe. */
public final class DurableFile {

    private final Disk disk;

    /** Writes to this disk. */
    public DurableFile(Disk disk) {
        this.disk = disk;
    }

    /**
     * Writes a file: a temporary one, fsync, rename, fsync of the directory. When it returns, the file survives a loss of power. What
     * had its name before is replaced.
     *
     * @param temporary a name on the same file system that nobody else uses; a remnant of a crash is replaced
     * @param file the name that it shall have
     * @throws IOException when any step fails; then the file is not there (or the old one still is), unless the last step failed, the
     *     one that makes the name durable
     */
    public void write(Path temporary, Path file, byte[] content) throws IOException {
        removeRemnant(temporary);
        try {
            disk.create(temporary, content);
            disk.sync(temporary);
            disk.rename(temporary, file);
        } catch (IOException failed) {
            try {
                removeRemnant(temporary);
            } catch (IOException remains) {
                failed.addSuppressed(remains);
            }
            throw failed;
        }
        syncDirectoryOf(file);
    }

    /** Moves a file to another directory of the same file system, durably; replaces what has that name. */
    public void move(Path from, Path to) throws IOException {
        disk.rename(from, to);
        syncDirectoryOf(to);
    }

    private void syncDirectoryOf(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            disk.syncDirectory(directory);
        }
    }

    private void removeRemnant(Path temporary) throws IOException {
        try {
            disk.delete(temporary);
        } catch (NoSuchFileException usual) {
            // nothing crashed here before
        }
    }
}
