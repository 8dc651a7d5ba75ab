package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.files.Disk;
import org.mailsonar.intake.Intake;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Catches mail in a directory: a spool of Mailsonar's own, a Maildir, or a Drop directory. A file is deleted when its handler has
 * accepted or discarded it, kept with the reason when it failed for good, and left to be tried again otherwise; so a process killed
 * at any instant loses nothing, and at worst a mail is handled twice. The package's page has each step. Thread-safe.
 */
public final class DirectoryWatcher implements Intake.Holding {

    private static final Logger LOG = LogManager.getLogger(DirectoryWatcher.class);

    private static final Duration LOOK_LASTS = Duration.ofSeconds(1);

    private final DirectorySettings settings;
    private final MailDirectory directory;
    private final DirectoryWatch watch;
    private final Workers workers;
    private final Scanner scanner;
    private final Thread thread;
    private final @Nullable LeaseKeeper lease;
    private final TimeSource time;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Waiting waiting = new Waiting(0, null);
    private @Nullable Moment lookedAt;

    private DirectoryWatcher(DirectorySettings settings, MailHandler handler, TimeSource time, Disk disk) {
        this.settings = settings;
        this.time = time;
        Complaints complaints = new Complaints(settings.describe(), time);
        directory = open(settings, disk, complaints, time);
        lease = settings.kind() == DirectorySettings.Kind.SPOOL
                ? new LeaseKeeper(new Lease(settings.directory(), time), complaints, time)
                : null;
        Pauses pauses = new Pauses(settings.times(), time);
        FileDesk desk = new FileDesk(directory, settings.kind().word(), handler, disk, pauses, complaints, time);
        workers = new Workers(directory, desk, pauses, settings.concurrent());
        watch = new DirectoryWatch(directory, complaints);
        scanner = new Scanner(
                directory, watch, workers, pauses, complaints, settings.times().sweep(), time, lease);
        thread = Thread.ofPlatform().daemon().name(settings.describe()).unstarted(scanner);
    }

    /**
     * Watches from now on. A spool is created if it is not there; another directory may come later.
     *
     * @param settings where, and how
     * @param handler gets each mail; what it finds {@code Unwanted} is deleted from a spool and left alone elsewhere, so no handler
     *     that discards strangers' mail may stand before a Maildir that a person reads
     * @param time the clocks
     * @throws CannotWatchException if a spool cannot be had, as when another reflector watches it; its message is one line for people
     */
    public static DirectoryWatcher start(DirectorySettings settings, MailHandler handler, TimeSource time) {
        return start(settings, handler, time, Disk.real());
    }

    static DirectoryWatcher start(DirectorySettings settings, MailHandler handler, TimeSource time, Disk disk) {
        DirectoryWatcher watcher = new DirectoryWatcher(settings, handler, time, disk);
        watcher.thread.start();
        if (watcher.lease != null) {
            watcher.lease.start();
        }
        LOG.info("watching {}", watcher.describe());
        return watcher;
    }

    /**
     * Tells whether a spool could be watched: creates what is absent, and takes and releases its lock. No mail is looked for, and no
     * delivery is told that somebody watches. Of another kind of directory nothing is asked.
     *
     * @throws CannotWatchException if the spool cannot be had, as when another reflector watches it; its message is one line for people
     */
    public static void check(DirectorySettings settings) {
        if (settings.kind() == DirectorySettings.Kind.SPOOL) {
            open(settings, new Spool(settings, Disk.real(), TimeSource.system()))
                    .close();
        }
    }

    private static MailDirectory open(DirectorySettings settings, Disk disk, Complaints complaints, TimeSource time) {
        return switch (settings.kind()) {
            case SPOOL -> open(settings, new Spool(settings, disk, time));
            case MAILDIR -> new Maildir(settings, disk, complaints, time);
            case DROP -> new Drop(settings, disk, complaints, time);
        };
    }

    private static Spool open(DirectorySettings settings, Spool spool) {
        try {
            spool.create();
            spool.prepare();
            return spool;
        } catch (SpoolLock.SpoolTakenException | Spool.SplitSpoolException known) {
            spool.close();
            throw new CannotWatchException("cannot watch " + settings.describe() + ": " + known.getMessage(), known);
        } catch (IOException unusable) {
            spool.close();
            throw new CannotWatchException(
                    "cannot watch " + settings.describe() + ": " + Complaints.cause(unusable) + " ("
                            + unusable.getMessage() + "); user " + System.getProperty("user.name", "?")
                            + " needs a directory of its own there",
                    unusable);
        }
    }

    @Override
    public String describe() {
        return settings.describe();
    }

    /** How many mails wait there, those with a pause included; as it was a moment ago at most. */
    @Override
    public int waiting() {
        return (int) Math.min(Integer.MAX_VALUE, look().count());
    }

    /** When the oldest waiting mail was written; empty when none waits. */
    @Override
    public Optional<Instant> oldest() {
        return Optional.ofNullable(look().oldest());
    }

    private record Waiting(long count, @Nullable Instant oldest) {}

    /** One look serves all who ask within a moment: a directory may hold very many files. */
    private synchronized Waiting look() {
        Moment now = time.now();
        Moment before = lookedAt;
        if (before == null || now.since(before).compareTo(LOOK_LASTS) > 0) {
            waiting = lookNow();
            lookedAt = now;
        }
        return waiting;
    }

    private Waiting lookNow() {
        Waiting seen = new Waiting(0, null);
        for (Path place : directory.places()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place, directory::isCandidate)) {
                for (Path file : files) {
                    seen = with(seen, file);
                }
            } catch (IOException | DirectoryIteratorException away) {
                // The scanner complains about it.
            }
        }
        return seen;
    }

    private static Waiting with(Waiting waiting, Path file) {
        try {
            Instant modified =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
            boolean older = waiting.oldest() == null || modified.isBefore(waiting.oldest());
            return new Waiting(waiting.count() + 1, older ? modified : waiting.oldest());
        } catch (NoSuchFileException gone) {
            return waiting;
        } catch (IOException unknown) {
            return new Waiting(waiting.count() + 1, waiting.oldest()); // it is there, whenever it was written
        }
    }

    /**
     * Stops: ends the lease first, so that nobody hands over any more, then takes what has come until now, and waits for what is being
     * handled within the closing time of the settings. What takes longer is interrupted; its mail stays. Closing twice does nothing.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (lease != null) {
            lease.close();
        }
        Duration half = settings.times().closing().dividedBy(2);
        scanner.stop(thread);
        boolean swept = ended(half);
        if (!swept) {
            thread.interrupt(); // it waits for a place among those that hang
            ended(half);
        }
        boolean done = workers.close(half) && swept;
        watch.close();
        directory.close();
        LOG.info("stopped watching {}{}", describe(), done ? "" : "; some mail was still being handled, and stays");
    }

    private boolean ended(Duration limit) {
        try {
            return thread.join(limit);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
