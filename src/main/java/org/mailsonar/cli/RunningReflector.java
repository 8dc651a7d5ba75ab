package org.mailsonar.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.report.ReflectorMeters;

/**
 * A resident reflector at work: the places where mail comes in, and behind all of them the generation in force. A new configuration
 * takes the place of the old one when all that is new in it can be had, or not at all. Thread-safe.
 */
final class RunningReflector implements AutoCloseable {

    private final ReflectorMeters meters;
    private final Generations generations;
    private final Predicate<EmailAddress> isProbed;
    private final Places places = new Places();

    private RunningReflector(ReflectorMeters meters, Generation first) {
        this.meters = meters;
        this.generations = new Generations(first);
        this.isProbed = generations::isProbed; // one object for ever, since places are compared by what they have
    }

    /**
     * Puts a configuration to work.
     *
     * @throws RuntimeException when a place cannot be had; its message is one line for people
     */
    static RunningReflector start(ReflectorConfig config, ReflectorMeters meters) {
        RunningReflector reflector = new RunningReflector(meters, ReflectorWiring.generation(config, meters, null));
        try {
            reflector.occupy(config);
            return reflector;
        } catch (RuntimeException unusable) {
            reflector.close();
            throw unusable;
        }
    }

    /**
     * Puts another configuration to work. Messages under way end with what they began with, and places that stay keep their clients.
     * A place that stays and cannot take its new settings is told of in the log and by {@link #troubles}.
     *
     * @throws RuntimeException when a new place cannot be had; then all is as before
     */
    synchronized void exchange(ReflectorConfig config) {
        Gate gate = new Gate();
        Collection<Place> wanted = wanted(config, gate);
        Generation next = ReflectorWiring.generation(config, meters, generations.current());
        generations.announce(next);
        Places.Change change;
        try {
            change = places.prepare(wanted, gate::refuse);
        } catch (RuntimeException unusable) {
            generations.forgo(next);
            throw unusable;
        }
        change.closeUnwanted(); // what they still have is the old configuration's
        generations.exchange(next);
        gate.open();
        change.commit();
        meters.serving(next.relay(), places.intakes());
    }

    /** What is wrong now, one line each; nothing when all is well. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>(places.troubles());
        generations.current().relay().trouble().ifPresent(troubles::add);
        return troubles;
    }

    /** The configuration in force, on one line. */
    String describe() {
        Generation current = generations.current();
        return current.config().settings().trust().size() + " key(s) trusted, returns leave by "
                + current.relay().describe();
    }

    ReflectorMeters meters() {
        return meters;
    }

    Places places() {
        return places;
    }

    /** Lets messages under way finish first, within the limits of the places. */
    @Override
    public synchronized void close() {
        places.close();
        generations.current().relay().close();
    }

    private void occupy(ReflectorConfig config) {
        Gate gate = new Gate();
        gate.open();
        places.prepare(wanted(config, gate), () -> {}).commit();
        meters.serving(generations.current().relay(), places.intakes());
    }

    private Collection<Place> wanted(ReflectorConfig config, Gate gate) {
        return ReflectorWiring.places(
                config,
                gate.before(generations.listening()),
                gate.before(generations.holding()),
                isProbed,
                meters,
                this::troubles);
    }
}
