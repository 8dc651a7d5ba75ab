package org.mailsonar.roundtrip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All probes of a time, of all targets and vantages together, for reports: single ones as long as they are kept, and afterwards what was
 * counted of them by hours. A probe is in exactly one of the two. Implemented by the store. Thread-safe. Methods throw
 * {@link LedgerException} when the book cannot be read.
 */
public interface ProbeArchive {

    /** What became of a probe, without its details. */
    enum Ending {
        IN_FLIGHT,
        RETURNED,
        LATE,
        LOST,
        REFUSED,
        BOUNCED,
        DEFERRED,
        SEND_FAILED,
        INCONCLUSIVE;

        /** Its name in output and in the database: {@code send failed}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /**
         * The ending of a name.
         *
         * @throws IllegalArgumentException when there is none of this name
         */
        public static Ending of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
        }
    }

    /**
     * What a report needs of one probe.
     *
     * @param sent when it was sent
     * @param slowNanos from when on it is slow; not before its time-out where it never is
     * @param timeoutNanos from when on it is late
     * @param roundTripNanos how long it took; 0 where it did not come back
     * @param duplicates how many returns came after the first
     */
    record Sample(
            String target,
            String vantage,
            Instant sent,
            Ending ending,
            long slowNanos,
            long timeoutNanos,
            long roundTripNanos,
            int duplicates) {

        /** Whether it came back in time, and took longer than it should. */
        public boolean isSlow() {
            return ending == Ending.RETURNED && slowNanos < timeoutNanos && roundTripNanos >= slowNanos;
        }
    }

    /**
     * What was counted of an hour's probes that are gone.
     *
     * @param begin of the hour, UTC
     * @param endings how many ended how; none of those that did not occur
     * @param roundTrips how many took how long, shortest first; only those that occurred
     */
    record Hour(String target, String vantage, Instant begin, Map<Ending, Long> endings, List<UpTo> roundTrips) {

        public Hour {
            endings = Map.copyOf(endings);
            roundTrips = List.copyOf(roundTrips);
        }
    }

    /**
     * How many took at most so long, and longer than those before.
     *
     * @param time the longest of all for the last
     */
    record UpTo(Duration time, long number) {}

    /**
     * Shows the single probes that were sent in a time, about in the order in which they were sent, one at a time and never all in
     * memory. One that was made more than an hour before it could be handed over is not found in the time in which it was.
     *
     * @param until those sent at this instant are left out
     */
    void each(Instant from, Instant until, Consumer<Sample> reader);

    /**
     * Shows the counted hours that begin in a time, oldest first.
     *
     * @param until the hour that begins at this instant is left out
     */
    void eachHour(Instant from, Instant until, Consumer<Hour> reader);
}
