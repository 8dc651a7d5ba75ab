package org.mailsonar.intake.mailbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The deferred messages: each is due again after a pause that grows. A limited number; not thread-safe. */
final class Retries<K> {

    private static final int MOST = 1000;

    private record Retry(Arrival arrival, int attempts, long due) {}

    private final MailboxLimits limits;
    private final Map<K, Retry> waiting = new LinkedHashMap<>();

    Retries(MailboxLimits limits) {
        this.limits = limits;
    }

    /** Whether no more can wait. */
    boolean isFull() {
        return waiting.size() >= MOST;
    }

    /** A message that was found then was deferred now. */
    void add(K message, Arrival arrival, long nowNanos) {
        Retry before = waiting.get(message);
        int attempts = before == null ? 1 : before.attempts() + 1;
        long due = nowNanos + limits.pauseAfter(attempts).toNanos();
        waiting.put(message, new Retry(arrival, attempts, due));
    }

    /** The message waits no more. */
    void remove(K message) {
        waiting.remove(message);
    }

    void clear() {
        waiting.clear();
    }

    boolean contains(K message) {
        return waiting.containsKey(message);
    }

    /** All that wait. */
    Set<K> all() {
        return Set.copyOf(waiting.keySet());
    }

    /** When the message was found; null where it does not wait. */
    @Nullable
    Arrival arrival(K message) {
        Retry retry = waiting.get(message);
        return retry == null ? null : retry.arrival();
    }

    /** Those that are due, in the order of their coming. */
    List<K> due(long nowNanos) {
        return waiting.entrySet().stream()
                .filter(entry -> entry.getValue().due() - nowNanos <= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How long until one is due; at most {@code otherwise}. */
    Duration untilNext(long nowNanos, Duration otherwise) {
        long least = waiting.values().stream()
                .mapToLong(retry -> Math.max(0, retry.due() - nowNanos))
                .min()
                .orElse(Long.MAX_VALUE);
        return least < otherwise.toNanos() ? Duration.ofNanos(least) : otherwise;
    }
}
