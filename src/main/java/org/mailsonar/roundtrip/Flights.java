package org.mailsonar.roundtrip;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.time.Moment;

/**
 * The probes in flight that this very process sent, with the exact moment at which each left: what the monotonic clock needs, and
 * what no other process can know. Also remembers when a return was first seen that could not be written into the ledger at once, so
 * that the time it takes to come again does not count. Thread-safe.
 */
public final class Flights {

    private final ConcurrentMap<ProbeId, Moment> left = new ConcurrentHashMap<>();
    private final ConcurrentMap<ProbeId, Moment> firstSeen = new ConcurrentHashMap<>();

    /** Notes that a probe leaves now. */
    void leaves(ProbeId id, Moment moment) {
        left.put(id, moment);
    }

    /** When a probe left, if this process sent it. */
    Optional<Moment> left(ProbeId id) {
        return Optional.ofNullable(left.get(id));
    }

    /** When the return of one of these probes was first seen: now, or at an attempt before. */
    Moment firstSeen(ProbeId id, Moment now) {
        if (!left.containsKey(id)) {
            return now; // not ours: nothing is kept for a stranger
        }
        @Nullable Moment before = firstSeen.putIfAbsent(id, now);
        return before == null ? now : before;
    }

    /** Forgets a probe whose outcome is known; a late return is then timed by the wall clock. */
    void ended(ProbeId id) {
        left.remove(id);
        firstSeen.remove(id);
    }
}
