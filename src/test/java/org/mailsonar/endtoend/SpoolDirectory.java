package org.mailsonar.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A spool, as {@code email_return} finds it, with a lease of the test's own making. */
record SpoolDirectory(Path path) {

    private static final Duration TICK = Duration.ofMillis(100);

    static SpoolDirectory create(Path path) throws IOException {
        Files.createDirectories(path.resolve("tmp"));
        Files.createDirectories(path.resolve("new"));
        return new SpoolDirectory(path);
    }

    /** From now on a reflector seems to be alive until this much after now, or was until this much before. */
    void lease(Duration fromNow) throws IOException {
        if (Files.notExists(lease())) {
            Files.createFile(lease());
        }
        Files.setLastModifiedTime(lease(), FileTime.from(Instant.now().plus(fromNow)));
    }

    /** Whether a file that is made now may be older than the lease: a file system's own clock lags by a tick of the kernel's. */
    boolean isLeased() {
        try {
            return Files.getLastModifiedTime(lease())
                    .toInstant()
                    .isAfter(Instant.now().minus(TICK));
        } catch (NoSuchFileException ended) {
            return false;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path lease() {
        return path.resolve("alive");
    }

    /** What is for a reflector to take. */
    List<Path> delivered() {
        return list("new");
    }

    /** What is not, or not yet. */
    List<Path> unfinished() {
        return list("tmp");
    }

    /** The only file there is for a reflector, one character for each byte. */
    String only() throws IOException {
        if (delivered().size() != 1) {
            throw new IllegalStateException("not one file but " + delivered());
        }
        return Files.readString(delivered().getFirst(), StandardCharsets.ISO_8859_1);
    }

    /** Whether no mail is anywhere in it. */
    boolean isEmpty() {
        return Stream.of("tmp", "new", "cur", "failed")
                .filter(name -> Files.exists(path.resolve(name)))
                .allMatch(name -> list(name).isEmpty());
    }

    private List<Path> list(String name) {
        try (Stream<Path> files = Files.list(path.resolve(name))) {
            return files.toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
