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
 * @param vantage which monitor sent it
 * @param sent when it was sent, by the monitor's wall clock; microseconds
 * @param timeout how long it may take before it counts as lost
 * @param submission the submission host's reply with its queue id; null while there is none
 * @param outcome what became of it
 * @param duplicates how many returns came after the first
 * @param evidence what the reflector said of itself; null while there is no return
 */
public record ProbeRecord(
        ProbeId id,
        String target,
        EmailAddress address,
        String vantage,
        Instant sent,
        Duration timeout,
        @Nullable String submission,
        Outcome outcome,
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
            ProbeId id, String target, EmailAddress address, String vantage, Instant sent, Duration timeout) {
        return new ProbeRecord(id, target, address, vantage, sent, timeout, null, new Outcome.InFlight(), 0, null);
    }

    /** Until when its return counts as in time. */
    public Instant deadline() {
        return sent.plus(timeout);
    }

    /** The same probe with another outcome. */
    public ProbeRecord with(Outcome newOutcome) {
        return new ProbeRecord(
                id, target, address, vantage, sent, timeout, submission, newOutcome, duplicates, evidence);
    }
}
