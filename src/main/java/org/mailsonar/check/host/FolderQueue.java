package org.mailsonar.check.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** A folder in which each file is a message, with the folders below it: a Maildir's {@code new}, a spool, a drop directory. */
final class FolderQueue implements QueueReader {

    private static final int DEEPEST = 4;
    private static final int MOST = 5_000_000;

    private final Path folder;

    FolderQueue(Path folder) {
        this.folder = folder;
    }

    @Override
    public QueueTally count(Instant now) throws CannotLookException {
        QueueTally tally = new QueueTally();
        try (var readable = Files.newDirectoryStream(folder)) {
            Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new Visitor(now, tally));
        } catch (IOException | UncheckedIOException unreadable) {
            throw new CannotLookException("folder " + folder + " cannot be read (" + unreadable
                    + "); is it there, and may this user read it?");
        }
        return tally;
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {

        private final Instant now;
        private final QueueTally tally;
        private int seen;

        Visitor(Instant now, QueueTally tally) {
            this.now = now;
            this.tally = tally;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                long age = now.getEpochSecond()
                        - attributes.lastModifiedTime().toInstant().getEpochSecond();
                tally.add(QueueTally.Standing.ACTIVE, age);
            }
            return ++seen < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        /** Mail comes and goes while it is counted. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            if (failed instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failed;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) {
            return FileVisitResult.CONTINUE;
        }
    }
}
