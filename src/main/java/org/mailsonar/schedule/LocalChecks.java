package org.mailsonar.schedule;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.CheckTarget;

/**
 * When what concerns this machine alone is looked at. It stands on no agenda: that is shared by all monitors of a vantage, and another
 * machine's monitor would look at its own. Thread-safe.
 */
final class LocalChecks {

    private final Supplier<List<CheckTarget>> targets;
    private final Predicate<CheckTarget> begin;
    private final TimeSource time;
    private final Map<String, Moment> began = new HashMap<>();
    private final Map<String, Duration> pauses = new HashMap<>();

    /**
     * Nothing is looked at before {@link #look}.
     *
     * @param targets those that are in force
     * @param begin begins a look; false when it is left for later
     */
    LocalChecks(Supplier<List<CheckTarget>> targets, Predicate<CheckTarget> begin, TimeSource time) {
        this.targets = targets;
        this.begin = begin;
        this.time = time;
    }

    /** Begins what is due; to be called about once a second. */
    synchronized void look() {
        Moment now = time.now();
        for (CheckTarget target : targets.get()) {
            if (!target.policy().enabled()) {
                continue;
            }
            Moment last = began.get(target.name());
            Duration pause = pauses.getOrDefault(target.name(), target.timing().every());
            if ((last == null || now.since(last).compareTo(pause) >= 0) && begin.test(target)) {
                began.put(target.name(), now);
                pauses.remove(target.name());
            }
        }
    }

    /** Has another look taken soon, since the one before found something wrong for the first time. */
    synchronized void again(CheckTarget target) {
        Moment last = began.get(target.name());
        if (last != null) {
            pauses.put(
                    target.name(), time.now().since(last).plus(target.timing().retryAfter()));
        }
    }
}
