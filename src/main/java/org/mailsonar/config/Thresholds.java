package org.mailsonar.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.host.Threshold;

/** Reads thresholds, {@code {warnAbove: 1000, failAbove: 10000}}, and keeps them by measure. Of one thread. */
final class Thresholds {

    private static final List<String> KEYS = List.of("warnAbove", "failAbove", "warnBelow", "failBelow");

    private final Map<String, Threshold> all = new HashMap<>();

    Map<String, Threshold> all() {
        return all;
    }

    /** What was read of a measure so far. */
    Threshold of(String measure) {
        return all.getOrDefault(measure, Threshold.NONE);
    }

    /** A section that may have thresholds and these keys. */
    static ConfigSection section(ConfigNode node, String... keys) throws ConfigException {
        return node.section(Stream.concat(Stream.of(keys), KEYS.stream()).toArray(String[]::new));
    }

    /** Reads a section of nothing but thresholds. */
    void read(ConfigNode node, String measure, String unit) throws ConfigException {
        if (!node.isSection()) {
            throw node.error(
                    "write for example {warnAbove: " + example(unit) + "}; known here: " + String.join(", ", KEYS));
        }
        read(section(node), measure, unit);
    }

    /** Reads the thresholds of a section. */
    void read(ConfigSection section, String measure, String unit) throws ConfigException {
        Double[] bounds = new Double[KEYS.size()];
        for (int i = 0; i < bounds.length; i++) {
            @Nullable ConfigNode node = section.optional(KEYS.get(i));
            if (node != null) {
                bounds[i] = node.as(Amounts.of(unit));
            }
        }
        put(measure, section.place().check(() -> new Threshold(bounds[0], bounds[1], bounds[2], bounds[3])));
    }

    /** Reads a section of measures, each with thresholds. */
    void readAll(ConfigNode node, String prefix, Map<String, String> units) throws ConfigException {
        ConfigSection section = node.section(units.keySet().stream().sorted().toArray(String[]::new));
        readAll(section, prefix, units);
    }

    /** The same, of a section that has other keys too. */
    void readAll(ConfigSection section, String prefix, Map<String, String> units) throws ConfigException {
        for (Map.Entry<String, String> measure : units.entrySet()) {
            @Nullable ConfigNode node = section.optional(measure.getKey());
            if (node != null) {
                read(node, prefix + measure.getKey(), measure.getValue());
            }
        }
    }

    void put(String measure, Threshold threshold) {
        all.put(measure, threshold);
    }

    private static String example(String unit) {
        return switch (unit) {
            case "B" -> "10GiB";
            case "s" -> "1h";
            case "%" -> "80";
            default -> "1000";
        };
    }
}
