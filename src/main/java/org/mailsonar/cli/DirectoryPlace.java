package org.mailsonar.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.directory.CannotWatchException;
import org.mailsonar.intake.directory.DirectorySettings;
import org.mailsonar.intake.directory.DirectoryWatcher;
import org.mailsonar.time.TimeSource;

/**
 * A watched directory.
 *
 * @param settings where, and how
 * @param handler what stands behind it
 */
record DirectoryPlace(DirectorySettings settings, MailHandler handler) implements Place {

    @Override
    public Path where() {
        return settings.directory();
    }

    @Override
    public DirectoryWatcher start() {
        return DirectoryWatcher.start(settings, handler, TimeSource.system());
    }

    /** A spool is taken for a moment; another directory must be there, since nobody but its mail server makes it. */
    @Override
    public Optional<String> check() {
        if (settings.kind() != DirectorySettings.Kind.SPOOL) {
            return isUsable(where()) ? Optional.empty() : Optional.of("is no directory that this user may write to");
        }
        try {
            DirectoryWatcher.check(settings);
            return Optional.empty();
        } catch (CannotWatchException unusable) {
            return Optional.of(String.valueOf(unusable.getMessage()));
        }
    }

    @Override
    public String describe() {
        return "watch " + settings.describe();
    }

    private static boolean isUsable(Path directory) {
        return Files.isDirectory(directory) && Files.isWritable(directory);
    }
}
