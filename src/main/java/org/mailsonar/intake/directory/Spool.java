package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.files.Disk;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Mailsonar's own spool. Strangers may write to {@code tmp} and {@code new}; a mail is taken by renaming it into {@code cur}, which is
 * ours alone, so nobody can put another file in its place between a check and what is done after it.
 */
final class Spool implements MailDirectory {

    /** By the custom of Maildir, what has been in {@code tmp} for 36 hours is the remnant of a delivery that broke off. */
    private static final Duration REMNANT = Duration.ofHours(36);

    private static final Duration BETWEEN_TIDYINGS = Duration.ofHours(1);
    private static final Duration DELIVERY = Duration.ofMinutes(1);
    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rwx------");

    private final Path root;
    private final Path unfinished;
    private final Path fresh;
    private final Path taken;
    private final Path failed;
    private final SpoolLock lock;
    private final MailFile reader;
    private final Disk disk;
    private final TimeSource time;
    private @Nullable Moment tidied;

    Spool(DirectorySettings settings, Disk disk, TimeSource time) {
        this.root = settings.directory();
        this.unfinished = root.resolve("tmp");
        this.fresh = root.resolve("new");
        this.taken = root.resolve("cur");
        this.failed = root.resolve("failed");
        this.lock = new SpoolLock(root);
        this.reader = new MailFile(settings, disk);
        this.disk = disk;
        this.time = time;
    }

    @Override
    public List<Path> places() {
        return List.of(taken, fresh);
    }

    @Override
    public List<Path> watched() {
        return List.of(fresh);
    }

    /** The spool itself is created at the start alone: later it may be a file system that is not mounted at the moment. */
    void create() throws IOException {
        if (!Files.isDirectory(root)) {
            Files.createDirectories(root);
            permit(root);
        }
    }

    @Override
    public void prepare() throws IOException {
        lock.take();
        for (Path directory : List.of(unfinished, fresh, taken, failed)) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(directory);
                permit(directory);
            }
        }
        permit(taken); // strangers could exchange files there
        requireOneFileStore(List.of(unfinished, fresh, taken, failed));
    }

    /** Between two file systems a rename would be a copy, which a crash may leave half done. */
    static void requireOneFileStore(List<Path> directories) throws IOException {
        Path first = directories.getFirst();
        for (Path other : directories) {
            if (!Files.getFileStore(first).equals(Files.getFileStore(other))) {
                throw new SplitSpoolException(first, other);
            }
        }
    }

    private static void permit(Path directory) throws IOException {
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(directory, OURS_ALONE);
        }
    }

    @Override
    public boolean isCandidate(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }

    @Override
    public String key(Path file) {
        return file.getFileName().toString();
    }

    @Override
    public Look look(Path file) throws IOException {
        Path mail = take(file);
        if (mail == null) {
            return new Look.NotYet(Duration.ofSeconds(1));
        }
        BasicFileAttributes attributes =
                Files.readAttributes(mail, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            return new Look.Unusable(mail, attributes, "it is a " + kind(attributes) + ", not a plain file");
        }
        if (links(mail) > 1) {
            boolean underWay = Duration.between(
                                    attributes.lastModifiedTime().toInstant(),
                                    time.now().wall())
                            .compareTo(DELIVERY)
                    < 0;
            return underWay
                    ? new Look.NotYet(Duration.ofSeconds(1))
                    : new Look.Unusable(
                            mail, attributes, "the file has a second name elsewhere, so somebody may still change it");
        }
        return reader.enveloped(mail, reader.read(mail), attributes);
    }

    /** Where the mail is afterwards; null while another one of that name is being dealt with. */
    private @Nullable Path take(Path file) throws IOException {
        Path mine = whereabouts(file);
        if (taken.equals(mine.getParent())) {
            return mine;
        }
        Path to = taken.resolve(file.getFileName());
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        disk.rename(file, to);
        return to;
    }

    /** A file that was taken before its handling broke off is where taken files are. */
    @Override
    public Path whereabouts(Path file) {
        Path there = taken.resolve(file.getFileName());
        boolean moved =
                !Files.exists(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(there, LinkOption.NOFOLLOW_LINKS);
        return moved ? there : file;
    }

    private static int links(Path mail) throws IOException {
        return mail.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (Integer) Files.getAttribute(mail, "unix:nlink", LinkOption.NOFOLLOW_LINKS)
                : 1;
    }

    private static String kind(BasicFileAttributes attributes) {
        return attributes.isSymbolicLink() ? "symbolic link" : attributes.isDirectory() ? "directory" : "special file";
    }

    @Override
    public boolean deletesUnwanted() {
        return true;
    }

    @Override
    public void leave(Look.Mail mail) {}

    @Override
    public Path failed() {
        return failed;
    }

    @Override
    public void sweepBegins() throws IOException {
        Moment now = time.now();
        if (tidied != null && now.since(tidied).compareTo(BETWEEN_TIDYINGS) < 0) {
            return;
        }
        boolean isFirst = tidied == null;
        tidied = now;
        if (isFirst) { // nothing is handled yet: later, such a reason may be one whose mail is just being moved
            new FailedMail(failed, disk).removeReasonsWithoutMail();
        }
        Instant old = now.wall().minus(REMNANT);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(unfinished)) {
            for (Path file : files) {
                removeRemnant(file, old);
            }
        }
    }

    private static void removeRemnant(Path file, Instant old) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isDirectory()
                    && attributes.lastModifiedTime().toInstant().isBefore(old)) {
                Files.delete(file);
            }
        } catch (NoSuchFileException delivered) {
            // meanwhile
        }
    }

    @Override
    public void sweepEnds() {}

    @Override
    public void close() {
        lock.close();
    }

    /** The directories of this spool are on several file systems. */
    static final class SplitSpoolException extends IOException {

        private static final long serialVersionUID = 1L;

        SplitSpoolException(Path one, Path other) {
            super(one + " and " + other + " are on different file systems; put the whole spool on one");
        }
    }
}
