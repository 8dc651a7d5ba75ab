package org.mailsonar.site;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Times of a site's path runs.
 *
 * @param timeout how long a mail may take until it can be read; then it counts as not arrived
 * @param slowAfter from when on it is slow; at most the time-out
 * @param answer how long a machine may take for one answer, a connection included
 * @param every how often paths are run; whole minutes
 * @param cover in which time each pair of machines is to be run; null where all paths are run every time
 */
public record SiteTimings(
        Duration timeout,
        Duration slowAfter,
        Duration answer,
        Duration every,
        @Nullable Duration cover) {

    /** Two minutes, 30 s, 10 s, five minutes, and all paths. */
    public static final SiteTimings STANDARD = new SiteTimings(
            Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(5), null);

    public SiteTimings {
        if (slowAfter.compareTo(timeout) > 0) {
            throw new IllegalArgumentException("slowAfter is longer than timeout; make it at most as long");
        }
        requireMinutes("every", every);
        if (cover != null) {
            requireMinutes("cover", cover);
            if (cover.compareTo(every) < 0) {
                throw new IllegalArgumentException("cover is shorter than every; make it at least as long");
            }
        }
    }

    private static void requireMinutes(String key, Duration time) {
        boolean whole = Duration.ofMinutes(time.toMinutes()).equals(time);
        if (!whole || time.toMinutes() < 1 || time.toMinutes() > 24 * 60) {
            throw new IllegalArgumentException(key + " is a whole number of minutes, 1m to 1d");
        }
    }
}
