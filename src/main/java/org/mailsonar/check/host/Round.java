package org.mailsonar.check.host;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.mailsonar.check.Measure;

/** One look at the machine while it lasts: what was known before, and what is known by now. Of one thread. */
final class Round {

    private final HostSettings settings;
    private final Instant now;
    private final HostMemory before;
    private final HostMemory after = new HostMemory();
    private final List<Measure> measures = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();

    Round(HostSettings settings, Instant now, HostMemory before) {
        this.settings = settings;
        this.now = now;
        this.before = before;
    }

    Instant now() {
        return now;
    }

    HostMemory before() {
        return before;
    }

    HostMemory after() {
        return after;
    }

    HostSettings settings() {
        return settings;
    }

    List<Measure> measures() {
        return List.copyOf(measures);
    }

    List<String> troubles() {
        return List.copyOf(troubles);
    }

    /** A measure, judged by its threshold. */
    void measure(String name, double value, String unit) {
        measures.add(settings.threshold(name).measure(name, value, unit));
    }

    /** The same of a whole number. */
    void measure(String name, long value, String unit) {
        measure(name, (double) value, unit);
    }

    /** What could not be looked at. */
    void trouble(String line) {
        troubles.add(line);
    }

    /** The value that was measured under this name in this round. */
    OptionalDouble value(String name) {
        return measures.stream()
                .filter(measure -> measure.name().equals(name))
                .mapToDouble(Measure::value)
                .findFirst();
    }
}
