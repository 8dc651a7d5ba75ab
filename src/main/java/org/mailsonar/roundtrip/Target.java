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
 * @param timing when, and how long they may take
 * @param policy how the results are judged
 * @param route by which ways
 */
public record Target(String name, EmailAddress address, Timing timing, Policy policy, Route route) implements Judged {

    /** A target of which only the schedule is told. */
    public Target(String name, EmailAddress address, Duration every, Duration slowAfter, Duration timeout, int size) {
        this(name, address, every, slowAfter, timeout, size, null);
    }

    /** The same, with the key that its returns must be signed with. */
    public Target(
            String name,
            EmailAddress address,
            Duration every,
            Duration slowAfter,
            Duration timeout,
            int size,
            @Nullable TrustedKey returnKey) {
        this(
                name,
                address,
                new Timing(every, slowAfter, timeout, Timing.STANDARD.retryAfter()),
                Policy.STANDARD,
                new Route(null, size, returnKey, null));
    }

    /** How often a probe is sent. */
    public Duration every() {
        return timing.every();
    }

    /** From when on a round trip is slow. */
    public Duration slowAfter() {
        return timing.slowAfter();
    }

    /** From when on a probe is lost. */
    public Duration timeout() {
        return timing.timeout();
    }

    /** How many bytes a probe has at least. */
    public int size() {
        return route.size();
    }

    /** The key that this target's returns must be signed with; null where they need not be. */
    public @Nullable TrustedKey returnKey() {
        return route.returnKey();
    }
}
