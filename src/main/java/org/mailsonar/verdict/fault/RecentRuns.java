package org.mailsonar.verdict.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;
import org.mailsonar.site.Refusals;
import org.mailsonar.site.Site;
import org.mailsonar.time.TimeSource;

/** The newest runs of a site's paths, as far back as they say something of now. Thread-safe. */
final class RecentRuns {

    /** What has been found more than so many cycles ago says nothing of now. */
    private static final int REMEMBERED_CYCLES = 3;

    private final Site site;
    private final Duration memory;
    private final Refusals refusals;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Path, List<PathRun>> remembered = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param cycle in which the plan runs each path
     */
    RecentRuns(Site site, Duration cycle, Refusals refusals, TimeSource time) {
        this.site = site;
        // A round may take longer than its cycle, and what it began with is still of this one.
        this.memory = cycle.multipliedBy(REMEMBERED_CYCLES).plus(site.longestRound());
        this.refusals = refusals;
        this.time = time;
    }

    /** So long ago a run may have begun that is of use in {@link #remember}. */
    Duration memory() {
        return memory.compareTo(Refusals.REMEMBERED) > 0 ? memory : Refusals.REMEMBERED;
    }

    /** Takes note of a run of before; one of another site, or of a path that is none any more, is passed over. */
    void remember(PathRun run) {
        if (!run.site().equals(site.name())
                || !site.paths().contains(run.path())
                || run.started().isBefore(time.now().wall().minus(memory()))) {
            return;
        }
        refusals.note(run);
        keep(run);
    }

    /** Takes note of a run that has just ended. */
    void keep(PathRun run) {
        if (Refusals.isHeldBack(run)) {
            return; // it says nothing new
        }
        lock.lock();
        try {
            remembered.computeIfAbsent(run.path(), any -> new ArrayList<>()).add(run);
        } finally {
            lock.unlock();
        }
    }

    /** All that still say something. */
    List<PathRun> all() {
        Instant now = time.now().wall();
        Instant oldest = now.minus(memory);
        lock.lock();
        try {
            remembered.forEach((path, runs) ->
                    runs.removeIf(run -> run.started().isBefore(oldest)
                            && (!Refusals.isRefused(run) || refusals.heldBackBy(path, now) == null)));
            return remembered.values().stream().flatMap(List::stream).toList();
        } finally {
            lock.unlock();
        }
    }

    /** The newest of each path. */
    List<PathRun> newest() {
        Map<Path, PathRun> newest = new LinkedHashMap<>();
        all().forEach(run ->
                newest.merge(run.path(), run, BinaryOperator.maxBy(Comparator.comparing(PathRun::started))));
        return List.copyOf(newest.values());
    }
}
