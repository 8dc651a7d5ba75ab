package org.mailsonar.notify;

import java.time.Duration;

/** When and by which way something is tried again that was not told. It is never given up. A pure function. */
final class Backoff {

    /** How often a way is tried before the next one has its turn. */
    static final int TRIES = 3;

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Backoff() {}

    /**
     * The number of the way that is tried next.
     *
     * @param failures how often it was tried in vain, one or more
     */
    static int way(int failures, int ways) {
        return failures / TRIES % ways;
    }

    /**
     * How long to wait before that.
     *
     * @param failures as above
     * @param key of what is told; many that failed together are not tried together again, but some a fifth earlier and some later
     */
    static Duration delay(int failures, int ways, String key) {
        boolean isFirstOfAWay = failures % TRIES == 0 && failures < TRIES * ways;
        if (isFirstOfAWay) {
            return Duration.ZERO;
        }
        Duration delay = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        Duration bounded = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
        int percent = 80 + Math.floorMod((key + failures).hashCode(), 41);
        return bounded.multipliedBy(percent).dividedBy(100);
    }
}
