package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that is told of a day. This is what a template is given.
 *
 * @param day which
 * @param until the end of the day, or when the report was made where that is earlier
 * @param made when it was made
 * @param by the vantage that made it
 * @param targets those that are configured in their order, then those that have left the file and were probed, by name
 * @param hours of the day, in order, over all targets
 * @param blind when which monitor could not see, oldest first
 * @param site the paths of a site; nothing in it where none are run
 * @param hosts by name
 * @param checks by target and name
 * @param week of the seven days before, what stands in none of the above
 */
public record DailyReport(
        ReportDay day,
        Instant until,
        Instant made,
        String by,
        List<TargetDay> targets,
        List<HourOfDay> hours,
        List<Blind> blind,
        SiteDay site,
        List<HostDay> hosts,
        List<CheckDay> checks,
        WeekBefore week) {

    private static final int SLOWEST = 5;
    private static final int PICTURED = 200;

    public DailyReport {
        targets = List.copyOf(targets);
        hours = List.copyOf(hours);
        blind = List.copyOf(blind);
        hosts = List.copyOf(hosts);
        checks = List.copyOf(checks);
    }

    /**
     * An hour over all targets.
     *
     * @param begin when it begins
     * @param slowest the target with the highest 95th percentile; empty when nothing came back in time
     * @param before how long those took, on the seven days before, that were sent in the hour which clocks call the same
     */
    public record HourOfDay(
            Instant begin, ProbeCounts probes, RoundTrips roundTrips, String slowest, RoundTrips before) {

        /** What has clearly changed since the week before. */
        public List<Trend> trends() {
            return Trend.of(Trend.ofP95(roundTrips, before));
        }
    }

    /** A time in which a monitor's losses prove nothing, as far as it lies in the day. */
    public record Blind(String vantage, Instant from, Instant until, String why) {}

    /** The five hours with the highest 95th percentile, worst first. */
    public List<HourOfDay> slowestHours() {
        return hours.stream()
                .filter(hour -> hour.roundTrips().p95() != null)
                .sorted((one, other) -> nanos(other).compareTo(nanos(one)))
                .limit(SLOWEST)
                .toList();
    }

    private static Duration nanos(HourOfDay hour) {
        Duration p95 = hour.roundTrips().p95();
        return p95 == null ? Duration.ZERO : p95;
    }

    /** Whether the day is not over, so that more is to come. */
    public boolean isUnfinished() {
        return until.isBefore(day.until());
    }

    /**
     * A sentence where only a part of the week before is known; empty where all of it is, and where nothing is.
     *
     * @param first the first instant of which something is known: {@link WeekBefore#paths()}, for example
     */
    public String partOfWeek(@Nullable Instant first) {
        boolean whole = !week.from().isAfter(day.weekFrom())
                && first != null
                && first.isBefore(day.daysBefore().getFirst().until());
        return whole || first == null ? "" : "Of the week before, nothing is known until " + day.clock(first) + ".";
    }

    /** Whether anything is marked as clearly changed since the week before. */
    public boolean isAnythingChanged() {
        return Stream.of(
                        targets.stream().map(TargetDay::trends),
                        slowestHours().stream().map(HourOfDay::trends),
                        site.paths().stream().map(SiteDay.PathDay::trends),
                        site.machines().stream().map(SiteDay.MachineDay::trends),
                        hosts.stream().flatMap(host -> host.measures().stream()).map(HostDay.Measured::trends),
                        checks.stream().map(CheckDay::trends))
                .flatMap(Function.identity())
                .anyMatch(trends -> !trends.isEmpty());
    }

    /** Whether a comparison with the week before, or the day itself, is from counted hours. */
    public boolean isCounted() {
        return targets.stream()
                        .anyMatch(target ->
                                target.before().counted() || target.roundTrips().counted())
                || hours.stream().anyMatch(hour -> hour.before().counted());
    }

    /** The targets that had an outage. */
    public List<TargetDay> withOutages() {
        return targets.stream().filter(target -> !target.outages().isEmpty()).toList();
    }

    /** The targets that pictures are made of: all, or the two hundred with the lowest availability. */
    public List<TargetDay> pictured() {
        return targets.size() <= PICTURED
                ? targets
                : targets.stream()
                        .sorted(Comparator.comparingDouble(
                                target -> target.availability().percent().orElse(200)))
                        .limit(PICTURED)
                        .toList();
    }

    /** The day in a sentence, without anything that strangers wrote. */
    public String summary() {
        int outages = withOutages().size();
        long nothing = targets.stream()
                .filter(target -> target.availability().percent().isEmpty())
                .count();
        Duration down =
                targets.stream().map(target -> target.availability().down()).reduce(Duration.ZERO, Duration::plus);
        String fault =
                outages == 0 ? "no outage" : outages + " of them with an outage, " + Figures.length(down) + " in all";
        return targets.size()
                + (targets.size() == 1 ? " target, " : " targets, ")
                + fault
                + (nothing == 0 ? "" : ", of " + nothing + " nothing is known");
    }
}
