package org.mailsonar.roundtrip;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a time's probes of one target tell together. Only round trips enter averages and percentiles, a time-out never does. To be filled
 * by one thread; 8 bytes for each round trip.
 */
public final class Measures {

    private long[] nanos = new long[64];
    private int returned;
    private int late;
    private int failed;
    private int notSent;
    private int unproven;
    private int outstanding;
    private boolean sorted = true;

    /** Counts one probe. */
    public void add(ProbeRecord probe) {
        switch (probe.outcome()) {
            case Outcome.Returned(RoundTrip trip) -> returned(trip);
            case Outcome.Late(RoundTrip trip) -> {
                late++;
                returned(trip);
            }
            case Outcome.Lost _, Outcome.Bounced _ -> failed++;
            case Outcome.Refused _, Outcome.Deferred _, Outcome.SendFailed _ -> notSent++;
            case Outcome.Inconclusive _ -> unproven++;
            case Outcome.InFlight _ -> outstanding++;
        }
    }

    private void returned(RoundTrip trip) {
        if (returned == nanos.length) {
            nanos = Arrays.copyOf(nanos, returned * 2);
        }
        nanos[returned++] = trip.time().toNanos();
        sorted = false;
    }

    /** How many were to be sent. */
    public int probes() {
        return returned + failed + notSent + unproven + outstanding;
    }

    /** How many of 100 the submission host took; empty when none was to be sent. */
    public Optional<Double> abilityToSend() {
        return share(probes() - notSent, probes());
    }

    /**
     * How many of 100 came back, late ones too, of those that were sent and of which it is known; empty when there is none. What the
     * monitor could not have seen does not count.
     */
    public Optional<Double> abilityToReceive() {
        return share(returned, returned + failed);
    }

    /** How many came back after the time-out. */
    public int late() {
        return late;
    }

    /** How many were sent and have neither come back nor been given up. */
    public int outstanding() {
        return outstanding;
    }

    /** The average round trip. */
    public Optional<Duration> average() {
        if (returned == 0) {
            return Optional.empty();
        }
        double sum = 0;
        for (int i = 0; i < returned; i++) {
            sum += nanos[i];
        }
        return Optional.of(Duration.ofNanos(Math.round(sum / returned)));
    }

    /**
     * The round trip that so many of 100 did not exceed (nearest rank).
     *
     * @param percent over 0, up to 100
     */
    public Optional<Duration> percentile(int percent) {
        if (returned == 0) {
            return Optional.empty();
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, returned);
            sorted = true;
        }
        return Optional.of(Duration.ofNanos(nanos[(int) Math.ceil(returned * percent / 100.0) - 1]));
    }

    private static Optional<Double> share(int part, int whole) {
        return whole == 0 ? Optional.empty() : Optional.of(100.0 * part / whole);
    }
}
