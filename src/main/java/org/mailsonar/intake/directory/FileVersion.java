package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * What tells a file from another one that comes later under the same name. A rename changes none of it.
 *
 * @param fileKey the file system's own name of the file; null where it has none
 * @param size in bytes
 * @param modified when it was last written to
 */
record FileVersion(@Nullable Object fileKey, long size, FileTime modified) {

    static FileVersion of(BasicFileAttributes attributes) {
        return new FileVersion(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    }

    /**
     * Whether this is still what lies there.
     *
     * @throws java.nio.file.NoSuchFileException when nothing does
     */
    boolean isAt(Path file) throws IOException {
        return equals(of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
    }
}
