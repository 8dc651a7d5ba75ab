package org.mailsonar.check.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.mailsonar.files.Disk;
import org.mailsonar.files.DurableFile;

/**
 * What a run has to know of the one before it: words and numbers by name, in a text file of {@code name<tab>value} lines. A file that is
 * missing or broken is as if there had been no run.
 */
final class HostMemory {

    private static final String HEAD = "mailsonar-host/1";
    private static final int LARGEST = 1024 * 1024;

    private final Map<String, String> values = new TreeMap<>();

    /** Reads a file. */
    static HostMemory read(Path file) throws CannotLookException {
        HostMemory memory = new HostMemory();
        try {
            String text = new String(Disk.real().read(file, LARGEST), StandardCharsets.UTF_8);
            if (text.startsWith(HEAD + "\n")) {
                for (String line : text.split("\n", -1)) {
                    int tab = line.indexOf('\t');
                    if (tab > 0) {
                        memory.values.put(line.substring(0, tab), line.substring(tab + 1));
                    }
                }
            }
        } catch (NoSuchFileException first) {
            // nothing to remember
        } catch (IOException unreadable) {
            throw new CannotLookException("state " + file + ": cannot be read (" + unreadable
                    + "); make it readable, or name another file with state:");
        }
        return memory;
    }

    /** Writes it so that it survives a crash, as a whole or not at all. */
    void write(Path file) throws CannotLookException {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        values.forEach((name, value) ->
                text.append(name).append('\t').append(value.replace('\n', ' ')).append('\n'));
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            new DurableFile(Disk.real())
                    .write(
                            file.resolveSibling(file.getFileName() + ".new"),
                            file,
                            text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritable) {
            throw new CannotLookException("state " + file + ": cannot be written (" + unwritable
                    + "); make it writable, or name another file with state:");
        }
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    OptionalLong number(String name) {
        try {
            return OptionalLong.of(Long.parseLong(text(name)));
        } catch (NumberFormatException none) {
            return OptionalLong.empty();
        }
    }

    void put(String name, String value) {
        values.put(name, value);
    }

    void put(String name, long value) {
        values.put(name, Long.toString(value));
    }
}
