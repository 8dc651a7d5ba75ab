package org.mailsonar.roundtrip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a target's results are judged, and who is told.
 *
 * @param enabled whether it is probed at all
 * @param passive whether it is a stand-by node: measured, and its verdict is always "not applicable"
 * @param quorum how many vantages must hold it down before it is; 0: two where there are two or more, else one
 * @param maintenance when it is expected to fail: measured, and its verdict is "not applicable"
 * @param flapping when its verdict is held, because it changes too often
 * @param tags words by which rules choose targets
 */
public record Policy(
        boolean enabled,
        boolean passive,
        int quorum,
        List<Maintenance> maintenance,
        Flapping flapping,
        List<String> tags) {

    /** Enabled, active, without maintenance and tags. */
    public static final Policy STANDARD = new Policy(true, false, 0, List.of(), Flapping.STANDARD, List.of());

    public Policy {
        maintenance = List.copyOf(maintenance);
        tags = List.copyOf(tags);
    }

    /** Whether a maintenance window is open at an instant. */
    public boolean isInMaintenance(Instant now) {
        return maintenance.stream().anyMatch(window -> window.covers(now));
    }

    /**
     * A target that goes down and comes back again and again: after so many changes within a time its verdict is held at the worse one
     * until it has not changed for another time.
     *
     * @param changes after how many changes; 0 for never
     * @param within within which time they have to be
     * @param calm how long there must be none, until it is believed again
     */
    public record Flapping(int changes, Duration within, Duration calm) {

        /** Six changes in two hours; calm after one hour. */
        public static final Flapping STANDARD = new Flapping(6, Duration.ofHours(2), Duration.ofHours(1));

        /** Every change counts. */
        public static final Flapping NEVER = new Flapping(0, Duration.ofHours(2), Duration.ofHours(1));
    }
}
