package org.mailsonar.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of everything a reflector has or takes; plain numbers, since the pipe program reads them too and must not load what a
 * listener needs.
 *
 * @param messageSize how many bytes of a message are taken
 * @param connections how many clients a listener has at a time
 * @param connectionsPerClient how many of them may come from one client
 * @param greetingPause how long a listener holds its greeting back; may be zero
 * @param perMinute how many messages all listeners together hand on in a minute; {@link Integer#MAX_VALUE} for any number
 * @param perMinutePerClient how many messages of one client they hand on, likewise
 * @param perMinutePerKey how many probes of one key are returned in a minute, likewise
 * @param replayWindow for how long a probe that was returned is not returned again; null where it always is
 */
public record ReflectorLimits(
        int messageSize,
        int connections,
        int connectionsPerClient,
        Duration greetingPause,
        int perMinute,
        int perMinutePerClient,
        int perMinutePerKey,
        @Nullable Duration replayWindow) {

    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    /**
     * The window is two hours: a client that has missed the reply sends again with a later run of its queue, and Postfix as it is shipped
     * lets no more than some seventy minutes pass between two tries (Exim lets more and more pass, and may have a probe returned once
     * more, which the monitor counts once). A monitor sends no id twice, so a longer one would do no harm but for the memory.
     */
    static final ReflectorLimits DEFAULT = new ReflectorLimits(
            256 * 1024, 200, 50, Duration.ZERO, ANY_NUMBER, ANY_NUMBER, ANY_NUMBER, Duration.ofHours(2));
}
