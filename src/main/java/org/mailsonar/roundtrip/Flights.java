package org.mailsonar.roundtrip;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.Expectation;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * The probes in flight that this very process sent, with the exact moment at which each left: what the monotonic clock needs, and
 * what no other process can know. Also remembers when a return was first seen that could not be written into the ledger at once, so
 * that the time it takes to come again does not count. Lost probes stay, as they may come late; the oldest make room. Thread-safe.
 */
public final class Flights {

    private static final int MOST = 100_000;

    /** What left longer ago is no reason to look often. */
    private static final Duration EXPECTED_FOR = Duration.ofHours(1);

    private record Flight(
            String target, Moment left, @Nullable Moment firstSeen) {}

    private record Waker(@Nullable String target, Runnable wake) {}

    private final TimeSource time;
    private final Map<String, ProbeId> newestOfTarget = new HashMap<>();
    private final List<Waker> wakers = new CopyOnWriteArrayList<>();
    private final LinkedHashMap<ProbeId, Flight> flights = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ProbeId, Flight> eldest) {
            boolean full = size() > MOST;
            if (full) {
                newestOfTarget.remove(eldest.getValue().target(), eldest.getKey());
            }
            return full;
        }
    };

    /** None yet. */
    public Flights(TimeSource time) {
        this.time = time;
    }

    /** Notes that a probe of a target leaves now. */
    void leaves(ProbeId id, String target, Moment moment) {
        synchronized (this) {
            flights.put(id, new Flight(target, moment, null));
            newestOfTarget.put(target, id);
        }
        for (Waker waker : wakers) {
            if (waker.target() == null || waker.target().equals(target)) {
                waker.wake().run();
            }
        }
    }

    /** When a probe left, if this process sent it. */
    synchronized Optional<Moment> left(ProbeId id) {
        return Optional.ofNullable(flights.get(id)).map(Flight::left);
    }

    /** When the return of a probe was first seen: now, or at an attempt before. Nothing is kept for probes of others. */
    synchronized Moment firstSeen(ProbeId id, Moment now) {
        Flight flight = flights.get(id);
        if (flight == null) {
            return now;
        }
        if (flight.firstSeen() != null) {
            return flight.firstSeen();
        }
        flights.put(id, new Flight(flight.target(), flight.left(), now));
        return now;
    }

    /** Forgets a probe that has come back. */
    synchronized void ended(ProbeId id) {
        Flight flight = flights.remove(id);
        if (flight != null) {
            newestOfTarget.remove(flight.target(), id);
        }
    }

    /** What is expected back. */
    public Expectation expectation() {
        return new Expected(null);
    }

    /** What is expected back of one target. */
    public Expectation expectation(String target) {
        return new Expected(target);
    }

    private synchronized @Nullable Moment newest(@Nullable String target) {
        if (target == null) {
            return flights.isEmpty() ? null : flights.lastEntry().getValue().left();
        }
        ProbeId id = newestOfTarget.get(target);
        Flight flight = id == null ? null : flights.get(id);
        return flight == null ? null : flight.left();
    }

    /** Of all targets where none is named. */
    private final class Expected implements Expectation {

        private final @Nullable String target;

        Expected(@Nullable String target) {
            this.target = target;
        }

        @Override
        public Optional<Duration> waiting() {
            return Optional.ofNullable(newest(target))
                    .map(left -> time.now().since(left))
                    .filter(age -> age.compareTo(EXPECTED_FOR) < 0);
        }

        @Override
        public Subscription onNewWait(Runnable wake) {
            Waker waker = new Waker(target, wake);
            wakers.add(waker);
            return () -> wakers.remove(waker);
        }
    }
}
