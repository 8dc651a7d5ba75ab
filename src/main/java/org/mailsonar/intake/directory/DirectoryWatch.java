package org.mailsonar.intake.directory;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears of new files in a directory's places, and notices when a place goes (deleted, unmounted, something mounted over it) and comes
 * back. Belongs to one thread.
 */
final class DirectoryWatch implements AutoCloseable {

    private static final String AWAY =
            "the directory is not there or not usable, so no mail is found; waiting for it to come back";
    private static final String NO_EVENTS = "no events of the file system to be had, so mail is found by sweeps alone";

    /** A place, as the file system knew it when it was registered. */
    private record Registered(
            @Nullable WatchKey key, @Nullable Object identity) {}

    private final MailDirectory directory;
    private final Complaints complaints;
    private final Map<Path, Registered> registered = new HashMap<>();
    private @Nullable WatchService service;

    DirectoryWatch(MailDirectory directory, Complaints complaints) {
        this.directory = directory;
        this.complaints = complaints;
    }

    /**
     * Registers what is there and not yet registered.
     *
     * @return whether something was, so that a sweep is due
     */
    boolean refresh() {
        boolean changed = false;
        try {
            if (!isComplete()) {
                directory.prepare();
            }
            for (Path place : directory.watched()) {
                changed |= refresh(place);
            }
            complaints.over(AWAY, "the directory is there again");
        } catch (IOException | RuntimeException away) {
            complaints.about(AWAY, Complaints.cause(away) + " " + away.getMessage());
        }
        return changed;
    }

    /** Whether every place is there as it was registered. */
    boolean isComplete() {
        return directory.watched().stream().allMatch(this::isRegistered)
                && directory.places().stream().allMatch(Files::isDirectory);
    }

    private boolean isRegistered(Path place) {
        Registered known = registered.get(place);
        try {
            return known != null
                    && (known.key() == null || known.key().isValid())
                    && Objects.equals(known.identity(), identity(place));
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean refresh(Path place) throws IOException {
        if (isRegistered(place)) {
            return false;
        }
        Registered old = registered.remove(place);
        if (old != null && old.key() != null) {
            old.key().cancel();
        }
        Object identity = identity(place);
        registered.put(place, new Registered(register(place), identity));
        return true;
    }

    private @Nullable WatchKey register(Path place) {
        try {
            if (service == null) {
                service = FileSystems.getDefault().newWatchService();
            }
            return place.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException limited) {
            complaints.about(NO_EVENTS, Complaints.cause(limited));
            return null;
        }
    }

    private static Object identity(Path place) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(place, BasicFileAttributes.class);
        if (!attributes.isDirectory()) {
            throw new NotDirectoryException(place.toString());
        }
        return attributes.fileKey() == null ? place : attributes.fileKey();
    }

    /** Whether there are events to wait for. */
    boolean hasEvents() {
        return service != null;
    }

    /**
     * Waits for events and tells the files that they are about. Does not wait where there are no events to be had.
     *
     * @return whether events were lost, so that a sweep is due
     */
    boolean await(Duration limit, Consumer<Path> found) throws InterruptedException {
        WatchService events = service;
        if (events == null) {
            return false;
        }
        boolean lost = false;
        try {
            WatchKey key = events.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            for (; key != null; key = events.poll()) {
                lost |= tell(key, found);
                if (!key.reset()) {
                    lost = true;
                }
            }
        } catch (ClosedWatchServiceException closed) {
            throw new InterruptedException("closed");
        }
        return lost;
    }

    private static boolean tell(WatchKey key, Consumer<Path> found) {
        boolean lost = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path name && key.watchable() instanceof Path place) {
                found.accept(place.resolve(name));
            } else {
                lost = true;
            }
        }
        return lost;
    }

    @Override
    public void close() {
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException ended) {
            // nothing depends on it any more
        }
    }
}
