package org.mailsonar.roundtrip;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.time.Moment;

/**
 * The probes in flight that this very process sent, with the exact moment at which each left: what the monotonic clock needs, and
 * what no other process can know. Also remembers when a return was first seen that could not be written into the ledger at once, so
 * that the time it takes to come again does not count. Lost probes stay, as they may come late; the oldest make room. Thread-safe.
 */
public final class Flights {

    private static final int MOST = 100_000;

    private record Flight(Moment left, @Nullable Moment firstSeen) {}

    private final LinkedHashMap<ProbeId, Flight> flights = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ProbeId, Flight> eldest) {
            return size() > MOST;
        }
    };

    private final List<Runnable> departures = new CopyOnWriteArrayList<>();

    /** Notes that a probe leaves now. */
    void leaves(ProbeId id, Moment moment) {
        synchronized (this) {
            flights.put(id, new Flight(moment, null));
        }
        departures.forEach(Runnable::run);
    }

    /** Runs this whenever a probe leaves, on the thread that sends it, until {@link #atDepartureNoMore}. */
    void atDeparture(Runnable action) {
        departures.add(action);
    }

    void atDepartureNoMore(Runnable action) {
        departures.remove(action);
    }

    /** When the newest probe left that has not come back; empty when there is none. */
    synchronized Optional<Moment> newest() {
        return Optional.ofNullable(flights.lastEntry())
                .map(entry -> entry.getValue().left());
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
        flights.put(id, new Flight(flight.left(), now));
        return now;
    }

    /** Forgets a probe that has come back. */
    synchronized void ended(ProbeId id) {
        flights.remove(id);
    }
}
