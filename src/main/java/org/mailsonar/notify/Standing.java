package org.mailsonar.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Tells the ways that forget what stands, see {@link StandingNotifier}. Each monitor does it on its own, since it does no harm twice.
 * For one thread.
 */
final class Standing {

    private final Map<String, Chain> chains;
    private final Map<String, StandingNotifier> ways = new HashMap<>();
    private final Map<String, Moment> refreshed = new HashMap<>();
    private final Outbox outbox;
    private final TimeSource time;
    private final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();

    Standing(Map<String, Chain> chains, Map<String, Notifier> ways, Outbox outbox, TimeSource time) {
        this.chains = chains;
        this.outbox = outbox;
        this.time = time;
        ways.forEach((name, way) -> {
            if (way instanceof StandingNotifier forgetful) {
                this.ways.put(name, forgetful);
            }
        });
    }

    /**
     * Refreshes each way for which it is time.
     *
     * @param runner runs what blocks
     * @return lines on what went wrong since the last time
     */
    List<String> refresh(Collection<Outbox.Problem> problems, Executor runner) {
        Moment now = time.now();
        ways.forEach((name, way) -> {
            Moment last = refreshed.get(name);
            if (last == null || now.since(last).compareTo(way.every()) >= 0) {
                refreshed.put(name, now);
                List<Notice> notices = notices(name, problems, now.wall());
                runner.execute(() -> {
                    if (way.refresh(notices) instanceof Delivery.Failed(String why)) {
                        troubles.add("what stands could not be told again by " + name + ": " + why);
                    }
                });
            }
        });
        List<String> lines = new ArrayList<>();
        for (String line = troubles.poll(); line != null; line = troubles.poll()) {
            lines.add(line);
        }
        return lines;
    }

    /** What was told by this way, and stands. */
    private List<Notice> notices(String way, Collection<Outbox.Problem> problems, Instant now) {
        List<Notice> notices = new ArrayList<>();
        for (Outbox.Problem problem : problems) {
            for (Chain chain : chains.values()) {
                if (!chain.ways().contains(way)
                        || !chain.rule().speaksOf(problem.change().target())) {
                    continue;
                }
                Optional<Dispatch> told =
                        outbox.lastTold(chain.name(), problem.change().target());
                told.filter(dispatch -> chain.way(dispatch.way()).equals(way)
                                && chain.rule()
                                        .tellsOf(Severity.of(
                                                dispatch.change().verdict().state())))
                        .ifPresent(dispatch -> notices.add(
                                new Notice(dispatch.key(), Notice.Kind.CHANGE, dispatch.change(), null, now)));
            }
        }
        return notices;
    }
}
