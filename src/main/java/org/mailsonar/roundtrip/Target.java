package org.mailsonar.roundtrip;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.TrustedKey;

/**
 * One monitored address with its schedule and thresholds.
 *
 * @param name its name in output and in the ledger
 * @param address where probes go
 * @param every how often a probe is sent
 * @param slowAfter from when on a round trip is slow
 * @param timeout from when on a probe is lost
 * @param size how many bytes a probe has at least
 * @param returnKey the key that this target's returns must be signed with; null where they need not be
 */
public record Target(
        String name,
        EmailAddress address,
        Duration every,
        Duration slowAfter,
        Duration timeout,
        int size,
        @Nullable TrustedKey returnKey) {

    /** How often, slow from, lost after: what a target has that says nothing else. */
    public static final Duration DEFAULT_EVERY = Duration.ofMinutes(20);

    public static final Duration DEFAULT_SLOW_AFTER = Duration.ofMinutes(2);
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

    /** A target whose returns need not be signed. */
    public Target(String name, EmailAddress address, Duration every, Duration slowAfter, Duration timeout, int size) {
        this(name, address, every, slowAfter, timeout, size, null);
    }

    /** Refuses a target that is slow only after it is lost, with an {@link IllegalArgumentException}. */
    public Target {
        if (slowAfter.compareTo(timeout) > 0) {
            throw new IllegalArgumentException("slowAfter is longer than timeout, so nothing could ever be slow");
        }
    }
}
