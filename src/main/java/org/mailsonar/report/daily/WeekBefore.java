package org.mailsonar.report.daily;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the seven days before are known from, and what was there and is not on the day.
 *
 * @param from since when paths, hosts and checks are kept, where that is not the whole week; else its beginning
 * @param paths when the first run of a path began that is known of them; null when none is, as the next two
 * @param hosts likewise the first sample of a machine
 * @param checks likewise the first check
 * @param silent what was there and is not on the day, by kind and name
 */
public record WeekBefore(
        Instant from,
        @Nullable Instant paths,
        @Nullable Instant hosts,
        @Nullable Instant checks,
        List<Silent> silent) {

    public WeekBefore {
        silent = List.copyOf(silent);
    }

    private static final int SHOWN = 30;

    /** The first of those that are silent; the others are in the long table alone. */
    public List<Silent> shown() {
        return silent.subList(0, Math.min(SHOWN, silent.size()));
    }

    /**
     * Something that is not in the day's tables, since nothing was heard of it on the day.
     *
     * @param kind {@code path}, {@code machine}, {@code host}, {@code measure} or {@code check}
     * @param name as in the long table; strangers' words in it
     * @param last when something was heard last
     */
    public record Silent(String kind, String name, Instant last) {}
}
