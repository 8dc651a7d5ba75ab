package org.mailsonar.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;

/** Probes and round trips for tests. */
final class Probes {

    static final Instant START = Instant.parse("2026-11-21T01:02:03.456789Z");
    static final Duration TIMEOUT = Duration.ofMinutes(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Probes() {}

    static ProbeId id() {
        return ProbeId.create(START, RANDOM);
    }

    static ProbeRecord leaving(String target, Instant sent) {
        return ProbeRecord.leaving(id(), target, EmailAddress.parse("Webscout@company.test"), "sydney", sent, TIMEOUT);
    }

    static ProbeRecord leaving() {
        return leaving("company", START);
    }

    static RoundTrip roundTrip(Duration time) {
        return new RoundTrip(START.plus(time), time, RoundTrip.Clock.MONOTONIC, Duration.ofNanos(1));
    }
}
