package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.mailsonar.files.Disk;
import org.mailsonar.time.TimeSource;

/**
 * A Drop directory: {@code *.eml} files, each beginning with lines that tell its envelope. They may be written slowly by another
 * process, so a file is judged when it has not changed for a while, and judged anew when it changes after all.
 */
final class Drop implements MailDirectory {

    private final Path directory;
    private final Path failed;
    private final MailFile reader;
    private final SeenFiles seen;
    private final Settling settling;

    Drop(DirectorySettings settings, Disk disk, Complaints complaints, TimeSource time) {
        this.directory = settings.directory();
        this.failed = directory.resolve("failed");
        this.reader = new MailFile(settings, disk);
        this.seen = new SeenFiles(complaints);
        this.settling = new Settling(settings.times().settling(), time);
    }

    @Override
    public List<Path> places() {
        return List.of(directory);
    }

    @Override
    public List<Path> watched() {
        return places();
    }

    /** The mail server makes it. */
    @Override
    public void prepare() {}

    @Override
    public boolean isCandidate(Path file) {
        String name = file.getFileName().toString();
        if (name.startsWith(".") || !name.toLowerCase(Locale.ROOT).endsWith(".eml")) {
            return false;
        }
        try {
            return !seen.contains(version(file, attributes(file)));
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public String key(Path file) {
        return file.getFileName().toString();
    }

    @Override
    public Look look(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = attributes(file);
        } catch (NoSuchFileException gone) {
            settling.forget(key(file));
            throw gone;
        }
        if (!attributes.isRegularFile()) {
            return new Look.NotOurs();
        }
        Maildir.requireWritable(file);
        Duration unsettled = settling.remaining(key(file), attributes);
        if (unsettled.isPositive()) {
            return new Look.NotYet(unsettled);
        }
        byte[] content = reader.read(file);
        if (!HeaderEnd.isIn(content)) {
            Duration rest = settling.remainingWithoutHeaderEnd(key(file), attributes);
            if (rest.isPositive()) {
                return new Look.NotYet(rest);
            }
        }
        settling.forget(key(file));
        return reader.enveloped(file, content, attributes);
    }

    @Override
    public Path whereabouts(Path file) {
        return file;
    }

    @Override
    public boolean deletesUnwanted() {
        return false;
    }

    /** By the version that was read: one that has been written to since is looked at again. */
    @Override
    public void leave(Look.Mail mail) {
        seen.add(version(mail.file(), mail.attributes()));
    }

    private static String version(Path file, BasicFileAttributes attributes) {
        return file.getFileName() + "/" + attributes.size() + "/"
                + attributes.lastModifiedTime().toInstant();
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
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
        settling.forgetOld();
    }

    @Override
    public void close() {}
}
