package org.mailsonar.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long things are kept.
 *
 * @param probes single probes, changes and what was told
 * @param hours what was counted for each hour
 */
public record Retention(Duration probes, Duration hours) {

    private static final Retention STANDARD = new Retention(Duration.ofDays(90), Duration.ofDays(730));

    static Retention read(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return STANDARD;
        }
        ConfigSection section = node.section("probes", "hours");
        return new Retention(
                section.optional("probes", Quantities::duration, STANDARD.probes()),
                section.optional("hours", Quantities::duration, STANDARD.hours()));
    }
}
