package org.mailsonar.intake.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.mailsonar.files.Disk;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.intake.directory.DirectorySettings.Kind;
import org.mailsonar.lab.Poll;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.time.TimeSource;

/** A directory, those who put mail there, and a handler that does what the first word of a message's subject says. */
final class WatchLab {

    static final EmailAddress OWN = EmailAddress.parse("webscout@company.test");
    static final int LIMIT = 10_000;

    /** Sweeps come late enough for a test to be sure that it saw an event. */
    static final DirectoryTimes BY_EVENT = new DirectoryTimes(
            Duration.ofHours(1),
            Duration.ofMillis(100),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(4));

    static final DirectoryTimes BY_SWEEP = new DirectoryTimes(
            Duration.ofMillis(50),
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(4));

    final List<ReceivedMail> handled = new CopyOnWriteArrayList<>();
    final Kind kind;
    final Path root;

    WatchLab(Kind kind, Path root) {
        this.kind = kind;
        this.root = root;
        try {
            if (kind == Kind.MAILDIR) {
                Files.createDirectories(root.resolve("tmp"));
                Files.createDirectories(root.resolve("cur"));
            }
            Files.createDirectories(fresh());
            Files.createDirectories(outside());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    DirectorySettings settings(DirectoryTimes times) {
        return DirectorySettings.of(kind, root, OWN, LIMIT).with(times);
    }

    /** Watches with a handler that does as it is told. */
    DirectoryWatcher watch(DirectoryTimes times) {
        return watch(times, this::handle);
    }

    DirectoryWatcher watch(DirectoryTimes times, MailHandler handler) {
        return watch(settings(times), handler, Disk.real());
    }

    DirectoryWatcher watch(DirectorySettings settings, MailHandler handler, Disk disk) {
        return DirectoryWatcher.start(settings, handler, TimeSource.system(), disk);
    }

    private Disposition handle(ReceivedMail mail) {
        handled.add(mail);
        return answer(mail);
    }

    static Disposition answer(ReceivedMail mail) {
        return switch (subject(mail)) {
            case "accept" -> new Disposition.Accepted("returned");
            case "discard" -> new Disposition.Discarded("dropped");
            case "fail" -> new Disposition.Failed("refused\nfor good");
            case "defer" -> new Disposition.Deferred("not now");
            case "throw" -> throw new IllegalStateException("broken");
            default -> new Disposition.Unwanted("a stranger's");
        };
    }

    static String subject(ReceivedMail mail) {
        return mail.message().first("Subject").map(header -> header.value()).orElse("");
    }

    /** How often mail of this subject was handled. */
    long handled(String subject) {
        return handled.stream().filter(mail -> subject(mail).equals(subject)).count();
    }

    ReceivedMail awaitOne() {
        Poll.until("a mail to be handled", () -> !handled.isEmpty());
        return handled.getFirst();
    }

    /** Where whole mail appears. */
    Path fresh() {
        return kind == Kind.DROP ? root : root.resolve("new");
    }

    private Path outside() {
        return root.resolveSibling(root.getFileName() + "-outside");
    }

    /** Puts a whole file there at once. */
    Path deliver(String name, String content) {
        try {
            Path file = Files.writeString(outside().resolve(name), content, StandardCharsets.ISO_8859_1);
            return Files.move(file, fresh().resolve(name(name)), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Puts a mail there whose handling is to end so. */
    Path deliverMail(String subject) {
        return deliver(subject, mail(subject));
    }

    static String mail(String subject) {
        return "Subject: " + subject + "\n\nbody\n";
    }

    /** The name that a mail of this name has. */
    String name(String name) {
        return kind == Kind.DROP && !name.endsWith(".eml") ? name + ".eml" : name;
    }

    /** The names in a directory. */
    List<String> names(String place) {
        return names(place.isEmpty() ? root : root.resolve(place));
    }

    static List<String> names(Path place) {
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What waits: in new and cur, or in the Drop directory. */
    List<String> waiting() {
        return kind == Kind.DROP
                ? names(root).stream().filter(name -> name.endsWith(".eml")).toList()
                : Stream.of("new", "cur")
                        .flatMap(place -> names(place).stream())
                        .toList();
    }

    void awaitNothingWaiting() {
        Poll.until("nothing to wait", () -> waiting().isEmpty());
    }
}
