package org.mailsonar.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The files that somebody in another process means: relative names are relative to that one's directory. */
record CallersFiles(Path directory) implements UnaryOperator<Path> {

    /**
     * The file of a name.
     *
     * @throws IllegalArgumentException when it may be another one, or none, for the caller: {@code /dev/stdin} is each process's own
     */
    @Override
    public Path apply(Path name) {
        Path file = directory.resolve(name).normalize();
        if (file.startsWith("/dev") || file.startsWith("/proc") || !Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no file that is the same for everybody");
        }
        return file;
    }
}
