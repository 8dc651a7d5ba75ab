package org.mailsonar.config;

import java.time.Duration;

/**
 * How much a reflector takes; plain numbers, since the pipe program reads them too and must not load what a listener needs.
 *
 * @param messageSize how many bytes of a message are taken
 * @param connections how many clients a listener has at a time
 * @param connectionsPerClient how many of them may come from one client
 * @param greetingPause how long a listener holds its greeting back; may be zero
 * @param perMinute how many messages all listeners together hand on in a minute
 */
public record ReflectorLimits(
        int messageSize, int connections, int connectionsPerClient, Duration greetingPause, int perMinute) {}
