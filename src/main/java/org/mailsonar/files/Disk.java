package org.mailsonar.files;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What is done to files that matter, one call for each step between which a crash can come. Symbolic links are never followed at a
 * path's end. Thread-safe.
 */
public interface Disk {

    /** The file system of this machine. */
    static Disk real() {
        return RealDisk.INSTANCE;
    }

    /** Creates a file, which must not be there yet, with this content. Nothing is certain to survive a crash. */
    void create(Path file, byte[] content) throws IOException;

    /**
     * Reads the beginning of a file.
     *
     * @param limit how many bytes at most
     */
    byte[] read(Path file, int limit) throws IOException;

    /** Waits until a file's content is on the disk. */
    void sync(Path file) throws IOException;

    /** Waits until the names in a directory are on the disk; does nothing where directories cannot be synced (Windows). */
    void syncDirectory(Path directory) throws IOException;

    /** Gives a file another name on the same file system, at one instant; replaces what has that name. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file, which must be there. */
    void delete(Path file) throws IOException;
}
