package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.verdict.Verdict;

/**
 * A target's day, over all vantages.
 *
 * @param name as it stands in the ledger
 * @param configured whether it is in the configuration now; one that has left it is reported as long as it was probed on the day
 * @param slowAfter from when on a round trip is slow; null where it never is or is not known
 * @param availability by its verdict
 * @param probes what became of them
 * @param roundTrips how long those took that came back in time
 * @param hours of the day, in order, as many as the day has
 * @param stretches its verdicts one after another over the whole day
 * @param outages that touch the day, by their beginning
 * @param vantages what each saw, by name; empty where there is one, or all saw the same
 * @param before the seven days before
 */
public record TargetDay(
        String name,
        boolean configured,
        @Nullable Duration slowAfter,
        Availability availability,
        ProbeCounts probes,
        RoundTrips roundTrips,
        List<Hour> hours,
        List<Stretch> stretches,
        List<Outage> outages,
        List<VantageDay> vantages,
        Before before) {

    public TargetDay {
        hours = List.copyOf(hours);
        stretches = List.copyOf(stretches);
        outages = List.copyOf(outages);
        vantages = List.copyOf(vantages);
    }

    /** What has clearly changed since the week before. */
    public List<Trend> trends() {
        return Trend.of(Trend.ofMedians(roundTrips, before.roundTrips()));
    }

    /**
     * An hour's probes.
     *
     * @param begin when it begins
     * @param probes what became of them
     * @param roundTrips how long those took that came back in time
     */
    public record Hour(Instant begin, ProbeCounts probes, RoundTrips roundTrips) {}

    /**
     * A time with one verdict.
     *
     * @param state null where it was not probed
     */
    public record Stretch(Instant from, Instant until, Verdict.@Nullable State state) {

        /** The verdict in a word: {@code up}, {@code slow}, {@code down}, {@code failing}… */
        public String text() {
            return state == null ? "not probed" : state.text();
        }

        /** How it is coloured: {@code up}, {@code slow}, {@code down} or {@code unknown}. */
        public String colour() {
            return switch (state) {
                case HEALTHY -> "up";
                case WARNING, SLOW -> "slow";
                case FAILING, DOWN -> "down";
                case INCONCLUSIVE, NOT_APPLICABLE -> "unknown";
                case null -> "unknown";
            };
        }
    }

    /**
     * A time in which mail did not flow.
     *
     * @param begin when the first probe was sent that failed; may be before the day
     * @param end when it was over; null when it was not by the end of the day, or by now
     * @param length until its end, or until the end of the day, or now
     * @param notProbed for how long of this nobody probed, so that it may have been over and have begun again
     * @param proven whether it was down; else one probe failed and the next one did not
     * @param cause why, one line, strangers' words in it
     */
    public record Outage(
            Instant begin, @Nullable Instant end, Duration length, Duration notProbed, boolean proven, String cause) {}

    /** What one vantage saw. */
    public record VantageDay(String vantage, ProbeCounts probes, RoundTrips roundTrips) {}

    /**
     * The seven days before.
     *
     * @param counted whether some of their probes are known only as counted by hours: then the median is an upper bound, and what was in
     *     maintenance is not left out
     */
    public record Before(Availability availability, ProbeCounts probes, RoundTrips roundTrips, boolean counted) {}
}
