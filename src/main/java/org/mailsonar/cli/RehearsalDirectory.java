package org.mailsonar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for a rehearsal, gone with all that is in it when it is closed. */
record RehearsalDirectory(Path path) implements AutoCloseable {

    static RehearsalDirectory create() throws IOException {
        return new RehearsalDirectory(Files.createTempDirectory("mailsonar-rehearsal"));
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(path)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }
}
