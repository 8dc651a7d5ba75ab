package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.UtcText;

/**
 * A figure that things of a kind have, as the long table writes it.
 *
 * @param name which figure
 * @param value the figure of one thing
 */
record Measure<T>(String name, Value<T> value) {

    /** Takes a figure from a thing; null where it is not known. */
    interface Value<T> {
        @Nullable
        String of(T thing);
    }

    /** Takes from a thing what a figure is made of; null where it is not known. */
    interface Known<T, V> {
        @Nullable
        V of(T thing);
    }

    static <T> Measure<T> count(String name, ToLongFunction<T> number) {
        return new Measure<>(name, thing -> Long.toString(number.applyAsLong(thing)));
    }

    static <T> Measure<T> percent(String name, Function<T, OptionalDouble> percent) {
        return new Measure<>(name, thing -> {
            OptionalDouble value = percent.apply(thing);
            return value.isEmpty() ? null : String.format(Locale.ROOT, "%.4f", value.getAsDouble());
        });
    }

    static <T> Measure<T> seconds(String name, Known<T, Duration> time) {
        return new Measure<>(name + " seconds", thing -> {
            Duration value = time.of(thing);
            return value == null ? null : String.format(Locale.ROOT, "%.6f", value.toNanos() / 1e9);
        });
    }

    static <T> Measure<T> number(String name, Known<T, Double> number) {
        return new Measure<>(name, thing -> {
            Double value = number.of(thing);
            return value == null ? null : String.format(Locale.ROOT, "%.6f", value);
        });
    }

    static <T> Measure<T> instant(String name, Known<T, Instant> instant) {
        return new Measure<>(name, thing -> {
            Instant value = instant.of(thing);
            return value == null ? null : UtcText.millis(value);
        });
    }

    /** The same figure of something that has such a thing, under a longer name. */
    <W> Measure<W> of(String prefix, Function<W, T> part) {
        return new Measure<>(prefix + name, whole -> value.of(part.apply(whole)));
    }
}
