package org.mailsonar.report.daily;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendTest {

    private static final List<@Nullable Double> WEEK = List.of(10.0, 12.0, 11.0, 10.0, 12.0, 11.0, 10.0);

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, 288, 0, 2016, -
            1, 288, 0, 2016, -
            2, 288, 0, 2016, -
            3, 288, 0, 2016, FAILS_MORE
            0, 288, 200, 2016, FAILS_LESS
            30, 288, 200, 2016, -
            288, 288, 0, 2016, FAILS_MORE
            288, 288, 2016, 2016, -
            1, 24, 7, 168, -
            9, 9, 0, 2016, -
            10, 10, 0, 9, -
            10, 10, 0, 10, FAILS_MORE
            0, 0, 0, 0, -
            """)
    void a_share_has_changed_when_chance_does_not_explain_it(
            long failed, long of, long failedBefore, long ofBefore, String changed) {
        Trend trend = Trend.ofFailures(failed, of, failedBefore, ofBefore);

        assertThat(trend == null ? "-" : trend.name()).isEqualTo(changed);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            10, 300, 70, 200, SLOWER
            10, 299, 70, 200, -
            10, 200, 70, 300, FASTER
            10, 200, 70, 299, -
            10, 60, 70, 11, -
            10, 61, 70, 11, SLOWER
            9, 900, 70, 200, -
            10, 900, 9, 200, -
            """)
    void a_median_has_changed_when_it_is_half_as_long_again_and_not_by_a_trifle(
            long number, long millis, long numberBefore, long millisBefore, String changed) {
        Trend trend = Trend.ofMedians(trips(number, millis, false), trips(numberBefore, millisBefore, false));

        assertThat(trend == null ? "-" : trend.name()).isEqualTo(changed);
    }

    @Test
    void bounds_are_not_compared() {
        assertThat(Trend.ofMedians(trips(100, 900, false), trips(100, 200, true)))
                .isNull();
        assertThat(Trend.ofMedians(trips(100, 900, true), trips(100, 200, false)))
                .isNull();
        assertThat(Trend.ofMedians(RoundTrips.NONE, RoundTrips.NONE)).isNull();
    }

    private static RoundTrips trips(long number, long millis, boolean counted) {
        Duration time = Duration.ofMillis(millis);
        return new RoundTrips(number, time, time, time, time, counted);
    }

    @Test
    void a_measure_has_changed_when_most_hours_lie_outside_all_days_by_more_than_those_differ() {
        assertThat(Trend.ofMeasure(14.1, day(24, 14.1), WEEK)).isEqualTo(Trend.HIGHER);
        assertThat(Trend.ofMeasure(14, day(24, 14.0), WEEK)).isNull();
        assertThat(Trend.ofMeasure(7.9, day(24, 7.9), WEEK)).isEqualTo(Trend.LOWER);
        assertThat(Trend.ofMeasure(8, day(24, 8.0), WEEK)).isNull();
    }

    @Test
    void a_peak_alone_is_no_change() {
        List<@Nullable Double> hours = day(24, 10.0);
        hours.set(3, 10_000.0);

        assertThat(Trend.ofMeasure(426.25, hours, WEEK)).isNull();
    }

    @Test
    void a_measure_that_never_moved_has_to_move_by_five_of_a_hundred() {
        List<@Nullable Double> week = Collections.nCopies(7, 100.0);

        assertThat(Trend.ofMeasure(104, day(24, 104.0), week)).isNull();
        assertThat(Trend.ofMeasure(106, day(24, 106.0), week)).isEqualTo(Trend.HIGHER);
        assertThat(Trend.ofMeasure(1, day(24, 1.0), Collections.nCopies(7, 0.0)))
                .isEqualTo(Trend.HIGHER);
        assertThat(Trend.ofMeasure(0, day(24, 0.0), Collections.nCopies(7, 0.0)))
                .isNull();
    }

    @Test
    void of_a_part_of_a_day_and_of_two_days_before_nothing_is_told() {
        List<@Nullable Double> some = day(24, 90.0);
        Collections.fill(some.subList(18, 24), null);
        assertThat(Trend.ofMeasure(90, some, WEEK)).isEqualTo(Trend.HIGHER);
        some.set(17, null);
        assertThat(Trend.ofMeasure(90, some, WEEK)).isNull();

        List<@Nullable Double> two = Arrays.asList(null, null, null, null, null, 10.0, 11.0);
        assertThat(Trend.ofMeasure(90, day(24, 90.0), two)).isNull();
    }

    private static List<@Nullable Double> day(int hours, double value) {
        return new ArrayList<>(Collections.nCopies(hours, value));
    }
}
