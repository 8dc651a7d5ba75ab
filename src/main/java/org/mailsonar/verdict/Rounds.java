package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.Judged;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Looks at targets whose verdict may change by time alone: at those that are not well once a minute, at those whose maintenance begins or
 * ends at once, at all that are not well when a vantage falls silent or comes back, and at all others by and by, faster after
 * the start. Never at more than a hundred a second, whatever happens, so that probes are not kept waiting. Thread-safe; one round at a
 * time.
 */
public final class Rounds {

    private static final Duration UNWELL_EVERY = Duration.ofMinutes(1);
    private static final Duration ALL_WITHIN = Duration.ofMinutes(10);
    private static final int MOST_A_SECOND = 100;

    private final Assessor assessor;
    private final @Nullable CheckAssessor checks;
    private final Supplier<? extends Collection<? extends Judged>> targets;
    private final Situations situations;
    private final TimeSource time;
    private final Map<String, Instant> unwell = new LinkedHashMap<>();
    private final Map<String, Boolean> maintenance = new LinkedHashMap<>();
    private Set<String> fresh = Set.of();
    private @Nullable Moment last;
    private List<String> walk = List.of();
    private int next;
    private double owed;

    /** The monitor before may have been killed between the end of a probe and the judgement. */
    private boolean isFirstWalk = true;

    /**
     * Rounds of one monitor.
     *
     * @param targets those that are configured now
     */
    public Rounds(
            Assessor assessor, Supplier<? extends Collection<Target>> targets, Situations situations, TimeSource time) {
        this(assessor, null, targets, situations, time);
    }

    /**
     * The same, also of what is checked.
     *
     * @param targets all that are configured now
     */
    public Rounds(
            Assessor assessor,
            @Nullable CheckAssessor checks,
            Supplier<? extends Collection<? extends Judged>> targets,
            Situations situations,
            TimeSource time) {
        this.assessor = assessor;
        this.checks = checks;
        this.targets = targets;
        this.situations = situations;
        this.time = time;
    }

    /** One round; to be called every few seconds. What it does not come to for want of time is looked at first in the next one. */
    public synchronized void look() {
        Moment now = time.now();
        Moment before = last;
        last = now;
        double seconds = before == null ? 1 : Math.min(60, now.since(before).toNanos() / 1e9);
        readUnwell(now.wall());
        int budget = Math.max(1, (int) (MOST_A_SECOND * seconds));
        for (String name : due(now.wall(), budget)) {
            lookAt(name, now.wall());
            budget--;
        }
        walk(seconds, budget, now.wall());
    }

    /** At the start, and whenever another vantage votes or votes no more: all that are not well, also those that others judged. */
    private void readUnwell(Instant now) {
        Set<String> alive = assessor.voters().fresh();
        if (!alive.equals(fresh)) {
            situations.each(situation -> {
                if (!situation.isWell()) {
                    unwell.put(situation.target(), now);
                }
            });
            fresh = alive;
        }
    }

    private List<String> due(Instant now, int most) {
        List<String> due = new ArrayList<>();
        Set<String> kept = new HashSet<>();
        for (Judged target : targets.get()) {
            if (!target.policy().maintenance().isEmpty()) {
                kept.add(target.name());
                boolean open = target.policy().isInMaintenance(now);
                Boolean was = maintenance.put(target.name(), open);
                if (was == null || was != open) {
                    unwell.put(target.name(), now);
                }
            }
        }
        maintenance.keySet().retainAll(kept);
        for (Map.Entry<String, Instant> entry : unwell.entrySet()) {
            if (due.size() < most && !entry.getValue().isAfter(now)) {
                due.add(entry.getKey());
            }
        }
        return due;
    }

    private void lookAt(String name, Instant now) {
        Situation situation =
                (checks != null && checks.knows(name) ? checks.lookAgain(name) : assessor.lookAgain(name)).orElse(null);
        unwell.remove(name);
        if (situation != null && !situation.isWell()) {
            unwell.put(name, now.plus(UNWELL_EVERY));
        }
    }

    /** All within ten minutes, or as soon as a hundred a second allow. */
    private void walk(double seconds, int budget, Instant now) {
        if (next >= walk.size()) {
            isFirstWalk = walk.isEmpty();
            walk = targets.get().stream().<String>map(Judged::name).toList();
            next = 0;
        }
        double pace = isFirstWalk ? MOST_A_SECOND : (double) walk.size() / ALL_WITHIN.toSeconds();
        owed = Math.min(budget, owed + seconds * pace);
        for (; owed >= 1 && next < walk.size(); owed--, next++) {
            lookAt(walk.get(next), now);
        }
    }
}
