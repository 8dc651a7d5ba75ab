package org.mailsonar.intake.directory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.TimeSource;

/**
 * What is to be done with which file when, in memory alone: a new start tries everything at once. Pauses grow with each try of a file.
 * Of files that are still to be handled ten thousand are remembered; those beyond are found again by the next sweep. Thread-safe.
 */
final class Pauses {

    private static final int MOST = 10_000;

    /** One file that waits. */
    record Pause(String key, Todo todo, Duration length, long dueNanos) {}

    private final Map<String, Pause> waiting = new HashMap<>();
    private final PriorityQueue<Pause> byTime = new PriorityQueue<>(Comparator.comparingLong(Pause::dueNanos));
    private final Duration first;
    private final Duration longest;
    private final TimeSource time;

    Pauses(DirectoryTimes times, TimeSource time) {
        this.first = times.firstPause();
        this.longest = times.longestPause();
        this.time = time;
    }

    /** The file waits for twice as long as the last time. */
    synchronized void grow(String key, Todo todo) {
        Pause before = waiting.get(key);
        Duration doubled = before == null ? first : before.length().multipliedBy(2);
        put(key, todo, doubled.compareTo(longest) > 0 ? longest : doubled, doubled);
    }

    /** The file waits for exactly so long, and for a short while again the next time. */
    synchronized void exactly(String key, Todo todo, Duration pause) {
        put(key, todo, pause, first.dividedBy(2));
    }

    private void put(String key, Todo todo, Duration pause, Duration length) {
        boolean mayBeFoundAgain = todo instanceof Todo.Handle;
        if (mayBeFoundAgain && waiting.size() >= MOST && !waiting.containsKey(key)) {
            return;
        }
        Duration bounded = length.compareTo(longest) > 0 ? longest : length;
        Pause made = new Pause(key, todo, bounded, nanos() + pause.toNanos());
        waiting.put(key, made);
        byTime.add(made);
    }

    /** The file is dealt with. */
    synchronized void forget(String key) {
        waiting.remove(key);
    }

    /** Whether the file is to be left alone now. */
    synchronized boolean isPausing(String key) {
        Pause pause = waiting.get(key);
        return pause != null && pause.dueNanos() - nanos() > 0;
    }

    /** What is to be done with the file, if it has been waiting. */
    synchronized @Nullable Todo todo(String key) {
        Pause pause = waiting.get(key);
        return pause == null ? null : pause.todo();
    }

    /** Those whose pause is over; each is told once. */
    synchronized List<Pause> due() {
        List<Pause> due = new ArrayList<>();
        for (Pause next = byTime.peek(); next != null && next.dueNanos() - nanos() <= 0; next = byTime.peek()) {
            byTime.remove();
            if (next.equals(waiting.get(next.key()))) {
                due.add(next);
            }
        }
        return due;
    }

    /** How long until the next pause is over; a long time when there is none. */
    synchronized Duration untilNext() {
        Pause next = byTime.peek();
        return next == null ? longest : Duration.ofNanos(Math.max(0, next.dueNanos() - nanos()));
    }

    private long nanos() {
        return time.now().monotonicNanos();
    }
}
