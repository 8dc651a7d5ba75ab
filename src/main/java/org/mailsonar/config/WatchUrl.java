package org.mailsonar.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.mailsonar.intake.directory.DirectorySettings;

/**
 * A directory that is watched.
 *
 * @param kind who puts mail there, and how
 * @param directory its path
 */
public record WatchUrl(DirectorySettings.Kind kind, Path directory) {

    private static final String REMEDY =
            "this is nothing to watch; write maildir: or drop: and the path of a directory, such as"
                    + " maildir:/home/webscout/Maildir";

    /**
     * Reads {@code maildir:/home/webscout/Maildir} or {@code drop:/path}.
     *
     * @throws IllegalArgumentException when it is anything else; the message says what would be right
     */
    static WatchUrl parse(String text) {
        int colon = text.indexOf(':');
        String path = text.substring(colon + 1);
        if (colon < 0 || path.isBlank() || path.startsWith("//")) {
            throw new IllegalArgumentException(REMEDY);
        }
        try {
            return switch (text.substring(0, colon)) {
                case "maildir" -> new WatchUrl(DirectorySettings.Kind.MAILDIR, Path.of(path));
                case "drop" -> new WatchUrl(DirectorySettings.Kind.DROP, Path.of(path));
                default -> throw new IllegalArgumentException(REMEDY);
            };
        } catch (InvalidPathException noPath) {
            throw new IllegalArgumentException(REMEDY, noPath);
        }
    }

    @Override
    public String toString() {
        return kind.word() + ":" + directory;
    }
}
