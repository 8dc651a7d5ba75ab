package org.mailsonar.verdict.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.site.PathRun;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** How long a round goes on beginning runs after one was not good. Thread-safe. */
final class Pace {

    private final TimeSource time;
    private final @Nullable Duration limit;
    private volatile @Nullable Moment firstBad;

    /**
     * Nothing has been run.
     *
     * @param limit how long; null when all are run, whatever they take
     */
    Pace(TimeSource time, @Nullable Duration limit) {
        this.time = time;
        this.limit = limit;
    }

    /** To be told of each run as it ends, one at a time. */
    void ended(PathRun run) {
        if (firstBad == null && RoundResult.isBad(run)) {
            firstBad = time.now();
        }
    }

    /** Whether the plan is followed as it is: before the first bad run is known, or when all are run in any case. */
    boolean isCalm() {
        return limit == null || firstBad == null;
    }

    /** Whether another run may begin. */
    boolean goesOn() {
        Moment since = firstBad;
        return limit == null || since == null || time.now().since(since).compareTo(limit) < 0;
    }
}
