package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.mailsonar.time.TimeSource;

/**
 * Tells programs that start no Java whether a reflector watches a spool: {@code SPOOL/alive}, whose time of modification is the
 * instant until which it does. A shell compares it with a file that it has just made: {@code [ "$spool/alive" -nt "$file" ]}. Its
 * existence alone says nothing, since a killed process leaves it behind; it has run out then within {@link #LENGTH}.
 */
final class Lease {

    /** How long after a renewal a reflector counts as alive. */
    static final Duration LENGTH = Duration.ofSeconds(5);

    private final Path file;
    private final TimeSource time;

    Lease(Path spool, TimeSource time) {
        this.file = spool.resolve("alive");
        this.time = time;
    }

    /** Alive for so long from now on. */
    void renew() throws IOException {
        FileTime until = FileTime.from(time.now().wall().plus(LENGTH));
        try {
            Files.setLastModifiedTime(file, until);
        } catch (NoSuchFileException first) {
            Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Files.setLastModifiedTime(file, until);
        }
    }

    /** No longer alive. */
    void end() throws IOException {
        Files.deleteIfExists(file);
    }
}
