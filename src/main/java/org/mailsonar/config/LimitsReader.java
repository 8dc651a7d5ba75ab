package org.mailsonar.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code limits:} of a reflector's configuration. */
final class LimitsReader {

    private static final int ANY_NUMBER = Integer.MAX_VALUE;
    private static final int DEFAULT_PER_CLIENT = 50;
    private static final Duration LONGEST_GREETING_PAUSE = Duration.ofSeconds(60);

    private static final ReflectorLimits STANDARD =
            new ReflectorLimits(256 * 1024, 200, DEFAULT_PER_CLIENT, Duration.ZERO, ANY_NUMBER);

    private LimitsReader() {}

    /** What the section says, and the defaults for what it does not say. */
    static ReflectorLimits read(@Nullable ConfigNode node) throws ConfigException {
        if (node == null) {
            return STANDARD;
        }
        ConfigSection section =
                node.section("messageSize", "connections", "connectionsPerClient", "greetingPause", "perMinute");
        int connections = section.optional("connections", Quantities::number, STANDARD.connections());
        return new ReflectorLimits(
                section.optional("messageSize", Quantities::messageSize, STANDARD.messageSize()),
                connections,
                perClient(section.optional("connectionsPerClient"), connections),
                section.optional("greetingPause", LimitsReader::greetingPause, STANDARD.greetingPause()),
                section.optional("perMinute", Quantities::number, STANDARD.perMinute()));
    }

    private static int perClient(@Nullable ConfigNode node, int connections) throws ConfigException {
        if (node == null) {
            return Math.min(DEFAULT_PER_CLIENT, connections);
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
}
