package org.mailsonar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that a configuration is made of, as they were when they were looked at. A file that an editor or a deployment replaced by
 * another one has another identity, even where time and size are the same. Immutable.
 */
final class ConfigParts {

    /** What is seen of a file without reading it; symbolic links are followed. */
    private record State(
            FileTime modified, long size, @Nullable Object identity) {

        private static final State MISSING = new State(FileTime.fromMillis(0), -1, null);

        static State of(Path file) {
            try {
                BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
                return new State(seen.lastModifiedTime(), seen.size(), seen.fileKey());
            } catch (IOException gone) {
                return MISSING;
            }
        }
    }

    private final Map<Path, State> states;

    private ConfigParts(Map<Path, State> states) {
        this.states = states;
    }

    /** Looks at these files. */
    static ConfigParts of(Collection<Path> files) {
        Map<Path, State> states = new LinkedHashMap<>();
        files.forEach(file -> states.put(file, State.of(file)));
        return new ConfigParts(states);
    }

    /** Looks at the same files again. */
    ConfigParts now() {
        return of(states.keySet());
    }

    /** Other files; those that are here already stay as they were seen, so no change is missed that came since. */
    ConfigParts become(Collection<Path> files) {
        Map<Path, State> other = new LinkedHashMap<>();
        for (Path file : files) {
            State seen = states.get(file);
            other.put(file, seen == null ? State.of(file) : seen);
        }
        return new ConfigParts(other);
    }

    /** Whether everything looks the same in both. */
    boolean sameAs(ConfigParts other) {
        return states.equals(other.states);
    }

    Collection<Path> files() {
        return states.keySet();
    }
}
