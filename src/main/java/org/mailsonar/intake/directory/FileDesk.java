package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mailsonar.files.Disk;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Takes one file to its end, or to a pause; the package's page has the steps. What was done is not done again in this process: a file
 * that was handled and cannot be deleted is only deleted later, not handled. What lies there by then under the same name, but is
 * another file or was written to, is handled anew. Thread-safe for different files.
 */
final class FileDesk {

    private static final Duration SHORTEST_RESOLUTION = Duration.ofMillis(1);

    private final MailDirectory directory;
    private final String client;
    private final MailHandler handler;
    private final Disk disk;
    private final Pauses pauses;
    private final Complaints complaints;
    private final TimeSource time;

    FileDesk(
            MailDirectory directory,
            String client,
            MailHandler handler,
            Disk disk,
            Pauses pauses,
            Complaints complaints,
            TimeSource time) {
        this.directory = directory;
        this.client = client;
        this.handler = handler;
        this.disk = disk;
        this.pauses = pauses;
        this.complaints = complaints;
        this.time = time;
    }

    /** Does all steps that can be done now; never throws. */
    void work(String key, Todo first) {
        Todo todo = first;
        try {
            while (!(todo instanceof Todo.Done || todo instanceof Todo.Later)) {
                todo = step(todo);
            }
            rest(key, todo);
        } catch (NoSuchFileException gone) {
            pauses.forget(key); // somebody else took it away
        } catch (IOException | RuntimeException | Error trouble) {
            complaints.about(what(todo) + ": " + Complaints.cause(trouble) + "; tried again with growing pauses", key);
            pauses.grow(key, todo);
        }
    }

    private void rest(String key, Todo todo) {
        if (!(todo instanceof Todo.Later(Todo later, Duration pause))) {
            pauses.forget(key);
        } else if (pause == null) {
            pauses.grow(key, later);
        } else {
            pauses.exactly(key, later, pause);
        }
    }

    private Todo step(Todo todo) throws IOException {
        return switch (todo) {
            case Todo.Handle(Path file) -> handle(file);
            case Todo.Delete(Path file, FileVersion version) -> {
                Path now = directory.whereabouts(file);
                if (!version.isAt(now)) {
                    yield new Todo.Handle(now);
                }
                disk.delete(now);
                yield Todo.DONE;
            }
            case Todo.Keep(Path file, FileVersion version, String why) -> {
                Path now = directory.whereabouts(file);
                if (!version.isAt(now)) {
                    yield new Todo.Handle(now);
                }
                new FailedMail(directory.failed(), disk).keep(now, why);
                yield Todo.DONE;
            }
            case Todo.Later later -> later;
            case Todo.Done done -> done;
        };
    }

    private Todo handle(Path file) throws IOException {
        return switch (directory.look(file)) {
            case Look.Mail mail -> next(mail, handler.handle(received(mail)));
            case Look.NotYet(Duration pause) -> new Todo.Later(new Todo.Handle(file), pause);
            case Look.NotOurs notOurs -> Todo.DONE;
            case Look.Unusable unusable ->
                new Todo.Keep(unusable.file(), FileVersion.of(unusable.attributes()), unusable.why());
        };
    }

    private Todo next(Look.Mail mail, Disposition disposition) {
        FileVersion version = FileVersion.of(mail.attributes());
        return switch (disposition) {
            case Disposition.Accepted accepted -> new Todo.Delete(mail.file(), version);
            case Disposition.Discarded discarded -> new Todo.Delete(mail.file(), version);
            case Disposition.Unwanted unwanted -> {
                if (directory.deletesUnwanted()) {
                    yield new Todo.Delete(mail.file(), version);
                }
                directory.leave(mail);
                yield Todo.DONE;
            }
            case Disposition.Failed failed -> new Todo.Keep(mail.file(), version, failed.text());
            case Disposition.Deferred deferred -> new Todo.Later(new Todo.Handle(mail.file()), null);
        };
    }

    private ReceivedMail received(Look.Mail mail) {
        Moment now = time.now();
        Instant modified = mail.attributes().lastModifiedTime().toInstant();
        Duration there = Duration.between(modified, now.wall());
        Duration resolution = there.compareTo(SHORTEST_RESOLUTION) < 0 ? SHORTEST_RESOLUTION : there;
        return new ReceivedMail(mail.envelope(), mail.message(), mail.truncated(), now, resolution, client);
    }

    private static String what(@Nullable Todo todo) {
        return switch (todo) {
            case Todo.Delete delete -> "a mail that is done cannot be deleted";
            case Todo.Keep keep -> "a mail that failed cannot be moved to failed";
            case null, default -> "a mail cannot be handled";
        };
    }
}
