package org.mailsonar.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code limits}. */
final class LimitsReader {

    private LimitsReader() {}

    static ReflectorLimits read(@Nullable ConfigNode node) throws ConfigException {
        ReflectorLimits otherwise = ReflectorLimits.DEFAULT;
        if (node == null) {
            return otherwise;
        }
        ConfigSection section = node.section(
                "messageSize", "connections", "perMinute", "perMinutePerClient", "perMinutePerKey", "replayWindow");
        return new ReflectorLimits(
                section.optional("messageSize", Quantities::messageSize, otherwise.messageSize()),
                section.optional("connections", Quantities::number, otherwise.connections()),
                section.optional("perMinute", Quantities::number, otherwise.perMinute()),
                section.optional("perMinutePerClient", Quantities::number, otherwise.perMinutePerClient()),
                section.optional("perMinutePerKey", Quantities::number, otherwise.perMinutePerKey()),
                replayWindow(section.optional("replayWindow"), otherwise.replayWindow()));
    }

    private static @Nullable Duration replayWindow(@Nullable ConfigNode node, @Nullable Duration otherwise)
            throws ConfigException {
        if (node == null) {
            return otherwise;
        }
        return node.text().equals("off") ? null : node.as(Quantities::duration);
    }
}
