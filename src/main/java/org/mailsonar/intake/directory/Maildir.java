package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mailsonar.files.Disk;
import org.mailsonar.time.TimeSource;

/**
 * A Maildir that a mail server delivers to and that a person may read: nothing is moved or changed but what is proven to be ours. What
 * a mail program has moved to {@code cur} is looked at as long as it is unread and younger than a day.
 */
final class Maildir implements MailDirectory {

    private static final Duration FRESH = Duration.ofDays(1);

    private final Path fresh;
    private final Path known;
    private final Path failed;
    private final MailFile reader;
    private final SeenFiles seen;
    private final TimeSource time;

    Maildir(DirectorySettings settings, Disk disk, Complaints complaints, TimeSource time) {
        this.fresh = settings.directory().resolve("new");
        this.known = settings.directory().resolve("cur");
        this.failed = settings.directory().resolve("failed");
        this.reader = new MailFile(settings, disk);
        this.seen = new SeenFiles(complaints);
        this.time = time;
    }

    @Override
    public List<Path> places() {
        return List.of(fresh, known);
    }

    @Override
    public List<Path> watched() {
        return places();
    }

    /** The mail server makes it, with the first mail if need be. */
    @Override
    public void prepare() {}

    @Override
    public boolean isCandidate(Path file) {
        String name = file.getFileName().toString();
        if (name.startsWith(".") || seen.contains(key(file))) {
            return false;
        }
        return !known.equals(file.getParent()) || (isUnread(name) && isYoung(file));
    }

    /** The name without its flags: what a mail program changes when a message is read. */
    @Override
    public String key(Path file) {
        String name = file.getFileName().toString();
        int flags = flags(name);
        return flags < 0 ? name : name.substring(0, flags);
    }

    private static int flags(String name) {
        return name.lastIndexOf(":2,");
    }

    private static boolean isUnread(String name) {
        int flags = flags(name);
        return flags < 0 || (name.indexOf('S', flags) < 0 && name.indexOf('T', flags) < 0);
    }

    private boolean isYoung(Path file) {
        try {
            Instant modified =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            return Duration.between(modified, time.now().wall()).compareTo(FRESH) < 0;
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public Look look(Path file) throws IOException {
        Path mail = whereabouts(file);
        BasicFileAttributes attributes =
                Files.readAttributes(mail, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            return new Look.NotOurs();
        }
        requireWritable(mail);
        return reader.delivered(mail, reader.read(mail), attributes);
    }

    /** What could not be deleted afterwards would be returned again and again. */
    static void requireWritable(Path mail) throws IOException {
        Path directory = mail.getParent();
        if (directory != null && !Files.isWritable(directory)) {
            throw new AccessDeniedException(
                    directory.toString(),
                    null,
                    "nothing may be deleted from " + directory + "; permit it to this user");
        }
    }

    /** A mail program moves messages from {@code new} to {@code cur} and gives them flags. */
    @Override
    public Path whereabouts(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) || !Files.isDirectory(known)) {
            return file;
        }
        String key = key(file);
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(known, found -> key(found).equals(key))) {
            for (Path found : files) {
                return found;
            }
        }
        return file;
    }

    @Override
    public boolean deletesUnwanted() {
        return false;
    }

    @Override
    public void leave(Look.Mail mail) {
        seen.add(key(mail.file()));
    }

    @Override
    public Path failed() {
        return failed;
    }

    @Override
    public void sweepBegins() {
        seen.sweepBegins();
    }

    @Override
    public void sweepEnds() {
        seen.sweepEnds();
    }

    @Override
    public void close() {}
}
