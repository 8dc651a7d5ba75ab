package org.mailsonar.check.host;

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

    private final long[] counts = new long[Standing.values().length];
    private long oldestSeconds;

    void add(Standing standing, long ageSeconds) {
        counts[standing.ordinal()]++;
        oldestSeconds = Math.max(oldestSeconds, ageSeconds);
    }

    void add(QueueTally other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        oldestSeconds = Math.max(oldestSeconds, other.oldestSeconds);
    }

    /** Adds messages of which no more is known than that they are there. */
    void addActive(long count) {
        counts[Standing.ACTIVE.ordinal()] += count;
    }

    long count(Standing standing) {
        return counts[standing.ordinal()];
    }

    long oldestSeconds() {
        return oldestSeconds;
    }
}
