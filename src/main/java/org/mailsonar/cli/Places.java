package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.Intake;
import org.mailsonar.message.OneLine;

/**
 * The places at work. A change has two steps: {@link #prepare} starts what is new and may fail without a trace; {@link Change#commit}
 * then adapts what stays and closes what goes. To be changed by one thread at a time; {@link #intakes} and {@link #troubles} may be
 * read by any.
 */
final class Places implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger("org.mailsonar.reflector");

    /** A place, and what is at work there. */
    private record Occupied(Place place, AutoCloseable running) {

        void close() {
            try {
                running.close();
            } catch (Exception failed) {
                LOG.warn("while {} was closed: {}", place.describe(), OneLine.printable(failed.toString()));
            }
        }
    }

    private volatile Map<Object, Occupied> occupied = Map.of();
    private volatile List<String> lost = List.of();

    /** Places that are wanted, with the new ones at work already. Either {@link #commit} or {@link #withdraw} is to be called. */
    final class Change {

        private final Collection<Place> wanted;
        private final Map<Object, Occupied> started = new LinkedHashMap<>();

        private Change(Collection<Place> wanted) {
            this.wanted = wanted;
        }

        /** From now on the wanted places are at work; one that cannot be adapted is a trouble, and told. */
        void commit() {
            Map<Object, Occupied> before = occupied;
            Map<Object, Occupied> next = new LinkedHashMap<>();
            List<String> failed = new ArrayList<>();
            for (Place place : wanted) {
                Occupied was = before.get(place.where());
                Occupied is = was == null ? started.get(place.where()) : adapted(was, place, failed);
                if (is != null) {
                    next.put(place.where(), is);
                }
            }
            occupied = next;
            lost = failed;
            failed.forEach(LOG::error);
        }

        /** Closes those that are wanted no more; what they hand on until then is still the old handlers'. */
        void closeUnwanted() {
            Map<Object, Occupied> kept = new LinkedHashMap<>(occupied);
            kept.keySet().retainAll(wanted.stream().map(Place::where).toList());
            occupied.forEach((where, there) -> {
                if (!kept.containsKey(where)) {
                    there.close();
                }
            });
            occupied = kept;
        }

        /** All as it was. */
        void withdraw() {
            started.values().forEach(Occupied::close);
        }
    }

    /**
     * Starts those of the wanted places that are not at work yet.
     *
     * @param beforeWithdrawal to be done before those that were started are closed again
     * @throws RuntimeException when one cannot be had; then none of them is started
     */
    Change prepare(Collection<Place> wanted, Runnable beforeWithdrawal) {
        Change change = new Change(wanted);
        try {
            for (Place place : wanted) {
                if (occupied.containsKey(place.where())) {
                    continue;
                }
                if (change.started.containsKey(place.where())) {
                    throw new IllegalArgumentException(place.describe() + " is there twice; leave one of them");
                }
                change.started.put(place.where(), new Occupied(place, place.start()));
            }
        } catch (RuntimeException unusable) {
            beforeWithdrawal.run();
            change.withdraw();
            throw unusable;
        }
        return change;
    }

    /** All at work where mail comes in. */
    List<Intake> intakes() {
        return occupied.values().stream()
                .map(Occupied::running)
                .filter(running -> running instanceof Intake)
                .map(running -> (Intake) running)
                .toList();
    }

    /** What keeps mail from coming in, one line each. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>(lost);
        intakes().forEach(intake -> intake.trouble().ifPresent(troubles::add));
        return troubles;
    }

    /** What is at work and says where itself, such as a status server. */
    List<AutoCloseable> running() {
        return occupied.values().stream().map(Occupied::running).toList();
    }

    @Override
    public void close() {
        occupied.values().forEach(Occupied::close);
        occupied = Map.of();
    }

    /** A place that takes no other settings while it works makes room first; where the new one fails then, nobody is there. */
    private static @Nullable Occupied adapted(Occupied was, Place place, List<String> failed) {
        Occupied left = was;
        try {
            if (was.place().settings().equals(place.settings()) || place.change(was.running())) {
                return new Occupied(place, was.running());
            }
            left = null;
            was.close();
            return new Occupied(place, place.start());
        } catch (RuntimeException unusable) {
            failed.add(place.describe() + ": " + OneLine.printable(String.valueOf(unusable.getMessage())));
            return left;
        }
    }
}
