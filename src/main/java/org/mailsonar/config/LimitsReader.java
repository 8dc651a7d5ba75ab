package org.mailsonar.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code limits} of a reflector's configuration. */
final class LimitsReader {

    private static final Duration LONGEST_GREETING_PAUSE = Duration.ofSeconds(60);

    private LimitsReader() {}

    /** What the section says, and the defaults for what it does not say. */
    static ReflectorLimits read(@Nullable ConfigNode node) throws ConfigException {
        ReflectorLimits otherwise = ReflectorLimits.DEFAULT;
        if (node == null) {
            return otherwise;
        }
        ConfigSection section = node.section(
                "messageSize",
                "connections",
                "connectionsPerClient",
                "greetingPause",
                "perMinute",
                "perMinutePerClient",
                "perMinutePerKey",
                "replayWindow");
        int connections = section.optional("connections", Quantities::number, otherwise.connections());
        return new ReflectorLimits(
                section.optional("messageSize", Quantities::messageSize, otherwise.messageSize()),
                connections,
                perClient(section.optional("connectionsPerClient"), connections),
                section.optional("greetingPause", LimitsReader::greetingPause, otherwise.greetingPause()),
                section.optional("perMinute", Quantities::number, otherwise.perMinute()),
                section.optional("perMinutePerClient", Quantities::number, otherwise.perMinutePerClient()),
                section.optional("perMinutePerKey", Quantities::number, otherwise.perMinutePerKey()),
                replayWindow(section.optional("replayWindow"), otherwise.replayWindow()));
    }

    private static int perClient(@Nullable ConfigNode node, int connections) throws ConfigException {
        if (node == null) {
            return Math.min(ReflectorLimits.DEFAULT.connectionsPerClient(), connections);
        }
        int number = node.as(Quantities::number);
        if (number > connections) {
            throw node.error(number + " is more than all clients together may have; write at most " + connections
                    + ", or raise limits.connections");
        }
        return number;
    }

    private static Duration greetingPause(String text) {
        Duration pause = Quantities.duration(text);
        if (pause.compareTo(LONGEST_GREETING_PAUSE) > 0) {
            throw new IllegalArgumentException("'" + text + "' is out of range; it can be 1ms to 60s");
        }
        return pause;
    }

    private static @Nullable Duration replayWindow(@Nullable ConfigNode node, @Nullable Duration otherwise)
            throws ConfigException {
        if (node == null) {
            return otherwise;
        }
        return node.text().equals("off") ? null : node.as(Quantities::duration);
    }
}
