package org.mailsonar.roundtrip;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;

/**
 * One probe as the ledger knows it.
 *
 * @param id its name
 * @param target the name of the target it was sent for
 * @param address the probed address
 * @param vantage where it was sent from
 * @param monitor which process sent it, among those of a vantage; empty where none runs for long
 * @param retry whether it was sent because the one before was lost
 * @param sent when it was sent, by the monitor's wall clock; microseconds
 * @param slowAfter from when on it is slow
 * @param timeout how long it may take before it counts as lost
 * @param submission the submission host's reply with its queue id; null while there is none
 * @param outcome what became of it
 * @param ended since when it has this outcome, by the monitor's wall clock; for a lost one, when its time was over; null while it
 *     is in flight
 * @param note what a mail system said of it while it was in flight, such as why it is delayed; null for nothing
 * @param duplicates how many returns came after the first
 * @param evidence what the reflector said of itself; null while there is no return
 */
public record ProbeRecord(
        ProbeId id,
        String target,
        EmailAddress address,
        String vantage,
        String monitor,
        boolean retry,
        Instant sent,
        Duration slowAfter,
        Duration timeout,
        @Nullable String submission,
        Outcome outcome,
        @Nullable Instant ended,
        @Nullable String note,
        int duplicates,
        @Nullable Evidence evidence) {

    /**
     * What the other side says: recorded, shown to people, and never a metric.
     *
     * @param arrivedThere when the probe arrived there, by the clock over there
     * @param agent the reflector's host name
     */
    public record Evidence(Instant arrivedThere, String agent) {}

    /** A probe that is about to leave. */
    public static ProbeRecord leaving(
            ProbeId id, Target target, String vantage, String monitor, boolean retry, Instant sent) {
        return new ProbeRecord(
                id,
                target.name(),
                target.address(),
                vantage,
                monitor,
                retry,
                sent,
                target.slowAfter(),
                target.timeout(),
                null,
                new Outcome.InFlight(),
                null,
                null,
                0,
                null);
    }

    /** A probe that is about to leave and is never slow. */
    public static ProbeRecord leaving(
            ProbeId id, String target, EmailAddress address, String vantage, Instant sent, Duration timeout) {
        return new ProbeRecord(
                id,
                target,
                address,
                vantage,
                "",
                false,
                sent,
                timeout,
                timeout,
                null,
                new Outcome.InFlight(),
                null,
                null,
                0,
                null);
    }

    /** From when on it is slow while it is in flight. */
    public Instant slowFrom() {
        return sent.plus(slowAfter);
    }

    /** Until when its return counts as in time. */
    public Instant deadline() {
        return sent.plus(timeout);
    }

    /** The same probe with another outcome. */
    public ProbeRecord with(Outcome newOutcome, Instant at) {
        return new ProbeRecord(
                id,
                target,
                address,
                vantage,
                monitor,
                retry,
                sent,
                slowAfter,
                timeout,
                submission,
                newOutcome,
                at,
                note,
                duplicates,
                evidence);
    }
}
