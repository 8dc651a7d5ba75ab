package org.mailsonar.intake.directory;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Watches files that another process may still be writing: one counts as written when its size and time of modification have been the
 * same for a while, by this process's monotonic clock. A file moved in whole cannot be told from it, and waits as long. Remembers ten
 * thousand files; those beyond wait for the next sweep. Thread-safe.
 */
final class Settling {

    private static final int MOST = 10_000;

    /** A file that has no header's end after this time will get none. */
    private static final Duration HEADER = Duration.ofMinutes(1);

    /** Longer than anything here is waited for. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private record Seen(long size, FileTime modified, Moment since) {

        boolean isLike(BasicFileAttributes attributes) {
            return size == attributes.size() && modified.equals(attributes.lastModifiedTime());
        }
    }

    private final Map<String, Seen> seen = new HashMap<>();
    private final Duration settling;
    private final TimeSource time;

    Settling(Duration settling, TimeSource time) {
        this.settling = settling;
        this.time = time;
    }

    /** How long a file must still stay as it is; nothing when it counts as written. */
    synchronized Duration remaining(String key, BasicFileAttributes attributes) {
        return remaining(key, attributes, settling);
    }

    /** The same for a file whose header has no end yet. */
    synchronized Duration remainingWithoutHeaderEnd(String key, BasicFileAttributes attributes) {
        return remaining(key, attributes, HEADER);
    }

    synchronized void forget(String key) {
        seen.remove(key);
    }

    /** Forgets files that nobody asks for any more. */
    synchronized void forgetOld() {
        Moment now = time.now();
        seen.values().removeIf(file -> now.since(file.since()).compareTo(FORGOTTEN) > 0);
    }

    private Duration remaining(String key, BasicFileAttributes attributes, Duration needed) {
        Seen before = seen.get(key);
        Moment now = time.now();
        if (before == null || !before.isLike(attributes)) {
            if (before != null || seen.size() < MOST) {
                seen.put(key, new Seen(attributes.size(), attributes.lastModifiedTime(), now));
            }
            return settling;
        }
        Duration left = needed.minus(now.since(before.since()));
        return left.compareTo(settling) > 0 ? settling : left;
    }
}
