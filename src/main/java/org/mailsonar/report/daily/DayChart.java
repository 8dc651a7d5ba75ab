package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.report.daily.TargetDay.Hour;
import org.mailsonar.report.daily.TargetDay.Stretch;

/**
 * Where things stand in the picture of a target's day, in units of an SVG's user space: for each hour a bar from the median to the 95th
 * percentile, with time on a logarithmic scale, and a strip with its verdicts. What is drawn there, and how, is the template's matter.
 *
 * @param slots one for each hour
 * @param grid the lines of round times, lowest first
 * @param slowY where a round trip turns slow; null where it never does, or nothing is drawn
 * @param strip its verdicts, from left to right
 * @param description all of it in a sentence, for those who do not see it
 */
public record DayChart(
        List<Slot> slots, List<Grid> grid, @Nullable Double slowY, List<Piece> strip, String description) {

    /** How wide the picture is. */
    public static final int WIDTH = 760;
    /** Where the hours begin. */
    public static final int LEFT = 58;
    /** Where the times begin, which is the top. */
    public static final int TOP = 22;
    /** Where they end. */
    public static final int BOTTOM = 126;
    /** How wide all hours are together. */
    public static final int ACROSS = WIDTH - LEFT - 4;

    public DayChart {
        slots = List.copyOf(slots);
        grid = List.copyOf(grid);
        strip = List.copyOf(strip);
    }

    /**
     * An hour.
     *
     * @param x its left edge
     * @param label the hour by the clock, {@code 07}; empty for those that are not labelled
     * @param medianY where the median is; null where nothing came back in time, as the next one
     * @param p95Y where the 95th percentile is
     * @param failed how many did not come back in time
     * @param words the hour in words
     */
    public record Slot(
            double x,
            double width,
            String label,
            @Nullable Double medianY,
            @Nullable Double p95Y,
            long failed,
            String words) {}

    /** A line at a round time. */
    public record Grid(double y, String label) {}

    /** A part of the strip. */
    public record Piece(double x, double width, String colour, String words) {}

    /** The picture of a target's day. */
    public static DayChart of(DailyReport report, TargetDay target) {
        Scale scale = Scale.of(target);
        List<Slot> slots = new ArrayList<>();
        for (Hour hour : target.hours()) {
            slots.add(slot(report.day(), hour, scale));
        }
        Duration slow = target.slowAfter();
        return new DayChart(
                slots, scale.grid(), slow == null ? null : scale.y(slow), strip(report, target), description(target));
    }

    private static Slot slot(ReportDay day, Hour hour, Scale scale) {
        double x = across(day, hour.begin());
        double end = across(day, Timeline.earlier(hour.begin().plus(Duration.ofHours(1)), day.until()));
        String clock = day.clock(hour.begin());
        boolean labelled = Integer.parseInt(clock.substring(0, 2)) % 3 == 0;
        RoundTrips trips = hour.roundTrips();
        Duration median = trips.median();
        Duration p95 = trips.p95();
        return new Slot(
                x,
                round(end - x),
                labelled ? clock.substring(0, 2) : "",
                median == null ? null : scale.y(median),
                p95 == null ? null : scale.y(p95),
                hour.probes().failed(),
                clock + ": " + words(hour));
    }

    private static String words(Hour hour) {
        RoundTrips trips = hour.roundTrips();
        String times = trips.number() == 0
                ? "nothing came back in time"
                : "median " + trips.medianText() + ", 95th " + trips.p95Text();
        long failed = hour.probes().failed();
        return hour.probes().all() == 0 ? "no probe" : times + (failed == 0 ? "" : ", " + failed + " not back in time");
    }

    private static List<Piece> strip(DailyReport report, TargetDay target) {
        List<Piece> pieces = new ArrayList<>();
        for (Stretch one : target.stretches()) {
            double x = across(report.day(), one.from());
            pieces.add(new Piece(
                    x,
                    round(across(report.day(), one.until()) - x),
                    one.colour(),
                    report.day().clock(one.from()) + " to " + report.day().clock(one.until()) + ": " + one.text()));
        }
        return pieces;
    }

    private static String description(TargetDay target) {
        RoundTrips trips = target.roundTrips();
        return "Round trips by the hour, " + trips.number() + " in all"
                + (trips.number() == 0
                        ? ""
                        : ": median " + trips.medianText() + ", 95th percentile " + trips.p95Text() + ", worst "
                                + trips.worstText())
                + "; " + target.probes().failed() + " not back in time. Up for "
                + Figures.length(target.availability().up()) + ", down for "
                + Figures.length(target.availability().down()) + ".";
    }

    private static double across(ReportDay day, Instant instant) {
        double share = Duration.between(day.from(), instant).toMillis()
                / (double) day.length().toMillis();
        return round(LEFT + ACROSS * Math.clamp(share, 0, 1));
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }

    /** Powers of ten between which all times lie. */
    private record Scale(int lowest, int highest) {

        static Scale of(TargetDay target) {
            double least = Double.MAX_VALUE;
            double most = 0;
            List<@Nullable Duration> times = new ArrayList<>();
            times.add(target.slowAfter());
            target.hours().forEach(hour -> {
                times.add(hour.roundTrips().median());
                times.add(hour.roundTrips().p95());
            });
            for (Duration time : times) {
                if (time != null) {
                    least = Math.min(least, seconds(time));
                    most = Math.max(most, seconds(time));
                }
            }
            if (most == 0) {
                return new Scale(-2, 1);
            }
            int lowest = (int) Math.floor(Math.log10(least));
            return new Scale(lowest, Math.max(lowest + 1, (int) Math.ceil(Math.log10(most))));
        }

        /** Nothing is quicker than a microsecond. */
        private static double seconds(Duration time) {
            return Math.max(1e-6, time.toNanos() / 1e9);
        }

        double y(Duration time) {
            double share = (Math.log10(seconds(time)) - lowest) / (highest - lowest);
            return round(BOTTOM - (BOTTOM - TOP) * Math.clamp(share, 0, 1));
        }

        List<Grid> grid() {
            List<Grid> lines = new ArrayList<>();
            for (int power = lowest; power <= highest; power++) {
                Duration time = Duration.ofNanos(Math.round(Math.pow(10, power + 9)));
                lines.add(new Grid(y(time), label(power)));
            }
            return lines;
        }

        private static String label(int power) {
            if (power >= 0) {
                return Figures.value(Math.pow(10, power)) + " s";
            }
            return power >= -3
                    ? Figures.value(Math.pow(10, power + 3)) + " ms"
                    : Figures.value(Math.pow(10, power + 6)) + " µs";
        }
    }
}
