package org.mailsonar.check.host;

import java.util.EnumMap;
import java.util.Map;

/** Messages of a queue, counted one after the other. Of one thread. */
final class QueueTally {

    /** Where a message stands. */
    enum Standing {
        /** Being delivered, or about to be. */
        ACTIVE,
        /** Kept back until an administrator says otherwise. */
        HELD,
        /** Tried, and to be tried again. */
        DEFERRED,
        /** Just arrived. */
        INCOMING
    }

    private final Map<Standing, Long> counts = new EnumMap<>(Standing.class);
    private long oldestSeconds;
    private String countedOnly = "";

    void add(Standing standing, long ageSeconds) {
        counts.merge(standing, 1L, Long::sum);
        oldestSeconds = Math.max(oldestSeconds, ageSeconds);
    }

    void add(QueueTally other) {
        other.counts.forEach((standing, count) -> counts.merge(standing, count, Long::sum));
        oldestSeconds = Math.max(oldestSeconds, other.oldestSeconds);
        countedOnly = countedOnly.isEmpty() ? other.countedOnly : countedOnly;
    }

    /** Adds messages of which no more is known than that they are there, and why. */
    void addCounted(long count, String why) {
        countedOnly = why;
        counts.merge(Standing.ACTIVE, count, Long::sum);
    }

    /** Why of some no more is known than that they are there; empty where all is known. */
    String countedOnly() {
        return countedOnly;
    }

    long count(Standing standing) {
        return counts.getOrDefault(standing, 0L);
    }

    long oldestSeconds() {
        return oldestSeconds;
    }
}
