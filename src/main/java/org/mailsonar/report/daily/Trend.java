package org.mailsonar.report.daily;

import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has clearly changed since the week before. Meant to be rare, so that it is worth to be looked at: what chance, or the time of day at
 * which a report is made, may explain is no change.
 */
public enum Trend {
    FAILS_MORE("▲", "fails more", true),
    FAILS_LESS("▼", "fails less", false),
    SLOWER("▲", "slower", true),
    FASTER("▼", "faster", false),
    HIGHER("▲", "higher", false),
    LOWER("▼", "lower", false);

    /** Of so few, nothing can be told. */
    private static final int FEWEST = 10;

    private static final double STANDARD_ERRORS = 3;
    private static final double LEAST_SHARE = 0.01;
    private static final double TIMES = 1.5;
    private static final Duration LEAST_TIME = Duration.ofMillis(50);
    private static final int FEWEST_DAYS = 3;
    private static final double LEAST_PART = 0.05;

    private final String arrow;
    private final String word;
    private final boolean worse;

    Trend(String arrow, String word, boolean worse) {
        this.arrow = arrow;
        this.word = word;
        this.worse = worse;
    }

    /** An arrow, up or down. It says nothing that the word does not. */
    public String arrow() {
        return arrow;
    }

    /** What has changed: {@code slower}. */
    public String word() {
        return word;
    }

    /** Both: {@code ▲ slower}. */
    public String text() {
        return arrow + " " + word;
    }

    /** Whether it is bad news for certain: of a measure that is higher, nobody can tell without knowing it. */
    public boolean isWorse() {
        return worse;
    }

    /** Some of them on a line: {@code ▲ fails more, ▲ slower}. */
    public static String line(List<Trend> trends) {
        return trends.stream().map(Trend::text).collect(Collectors.joining(", "));
    }

    /** Those that are not null. */
    static List<Trend> of(@Nullable Trend... trends) {
        return Stream.of(trends).filter(Objects::nonNull).toList();
    }

    /**
     * Of a share that failed: when it differs by three standard errors of a proportion or more, and by one of a hundred or more.
     *
     * @param of how many of the day the failed ones are among
     */
    static @Nullable Trend ofFailures(long failed, long of, long failedBefore, long ofBefore) {
        if (of < FEWEST || ofBefore < FEWEST) {
            return null;
        }
        double difference = (double) failed / of - (double) failedBefore / ofBefore;
        double both = (double) (failed + failedBefore) / (of + ofBefore);
        double error = Math.sqrt(both * (1 - both) * (1.0 / of + 1.0 / ofBefore));
        if (Math.abs(difference) < Math.max(LEAST_SHARE, STANDARD_ERRORS * error)) {
            return null;
        }
        return difference > 0 ? FAILS_MORE : FAILS_LESS;
    }

    /** Of the median: when one is half as long again as the other, and longer by 50 ms or more. Bounds cannot be compared. */
    static @Nullable Trend ofMedians(RoundTrips day, RoundTrips before) {
        return of(day, day.median(), before, before.median());
    }

    /** Likewise of the 95th percentile. */
    static @Nullable Trend ofP95(RoundTrips day, RoundTrips before) {
        return of(day, day.p95(), before, before.p95());
    }

    private static @Nullable Trend of(
            RoundTrips day, @Nullable Duration time, RoundTrips before, @Nullable Duration timeBefore) {
        boolean few = day.number() < FEWEST || before.number() < FEWEST;
        if (few || day.counted() || before.counted() || time == null || timeBefore == null) {
            return null;
        }
        if (isLonger(time, timeBefore)) {
            return SLOWER;
        }
        return isLonger(timeBefore, time) ? FASTER : null;
    }

    private static boolean isLonger(Duration one, Duration other) {
        return one.toNanos() >= TIMES * other.toNanos() && one.minus(other).compareTo(LEAST_TIME) >= 0;
    }

    /**
     * Of a measure: when most hours, and the day as a whole, lie outside all days of the week before by more than those differ, and by 5 % of them
     * or more. An hour that stands out alone is seen elsewhere, and of a day of which a quarter is missing, or of two days before it, nothing
     * can be told.
     *
     * @param hours the day's averages by the hour; null where there is none, as the next ones
     * @param days those of the days before
     */
    static @Nullable Trend ofMeasure(double average, List<@Nullable Double> hours, List<@Nullable Double> days) {
        double[] known = known(hours);
        double[] before = known(days);
        if (known.length * 4 < hours.size() * 3 || before.length < FEWEST_DAYS) {
            return null;
        }
        DoubleSummaryStatistics span = DoubleStream.of(before).summaryStatistics();
        double size = Math.max(Math.abs(span.getMin()), Math.abs(span.getMax()));
        double margin = Math.max(span.getMax() - span.getMin(), LEAST_PART * size);
        double above = span.getMax() + margin;
        double below = span.getMin() - margin;
        if (average > above && isMost(known, hour -> hour > above)) {
            return HIGHER;
        }
        return average < below && isMost(known, hour -> hour < below) ? LOWER : null;
    }

    private static boolean isMost(double[] hours, DoublePredicate outside) {
        return DoubleStream.of(hours).filter(outside).count() * 2 > hours.length;
    }

    private static double[] known(List<@Nullable Double> values) {
        return values.stream()
                .filter(Objects::nonNull)
                .mapToDouble(value -> value)
                .toArray();
    }
}
