package org.mailsonar.roundtrip.evidence;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The two halves of a round trip, parted by the reflector's clock. Where that clock and the monitor's differ, so do the halves from the
 * truth, so they are for people and never a metric.
 *
 * @param stamp when the probe arrived there, by the clock over there; milliseconds
 * @param agent the reflector's host name; empty where only the stamp in the subject came through
 * @param there from the monitor to the reflector
 * @param back from the reflector to the monitor; both together are the round trip
 * @param skewed whether one of them is negative, and so the other one longer than the whole: the clocks differ by more than the way
 *     took, and neither figure means anything
 */
public record Legs(Instant stamp, String agent, Duration there, Duration back, boolean skewed) {

    private static final int LONGEST_AGENT = 120;

    /** What is further off is no leg, and is kept as this. */
    private static final Duration FURTHEST = Duration.ofDays(365_000);

    public Legs {
        stamp = stamp.truncatedTo(ChronoUnit.MILLIS);
        agent = Plain.text(agent, LONGEST_AGENT);
        there = bounded(there);
        back = bounded(back);
    }

    /** Stamps have milliseconds, so all is counted in these: what is finer must not look like a skewed clock. */
    static Legs of(Instant stamp, String agent, Instant sent, Duration roundTrip) {
        Duration whole = roundTrip.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
        Duration there = Duration.between(sent.truncatedTo(ChronoUnit.MILLIS), stamp.truncatedTo(ChronoUnit.MILLIS));
        Duration back = whole.minus(there);
        return new Legs(stamp, agent, there, back, there.isNegative() || back.isNegative());
    }

    private static Duration bounded(Duration leg) {
        if (leg.compareTo(FURTHEST) > 0) {
            return FURTHEST;
        }
        return leg.compareTo(FURTHEST.negated()) < 0 ? FURTHEST.negated() : leg.truncatedTo(ChronoUnit.MILLIS);
    }
}
