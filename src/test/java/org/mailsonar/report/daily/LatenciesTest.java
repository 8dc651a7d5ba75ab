package org.mailsonar.report.daily;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    private static final int[] PERCENTS = {1, 10, 50, 90, 95, 99, 100};

    @Test
    void few_are_told_exactly() {
        Latencies latencies = of(LongStream.rangeClosed(1, 20).map(second -> second * 1_000_000_000));

        assertThat(latencies.roundTrips())
                .isEqualTo(new RoundTrips(
                        20,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(19),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        false));
    }

    @Test
    void of_none_nothing_is_told() {
        assertThat(new Latencies().roundTrips()).isEqualTo(RoundTrips.NONE);
    }

    /** Of every shape: even, by the power of ten, all the same, and with a few that take very long. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void a_percentile_of_random_times_is_at_most_one_percent_beside_that_of_the_sorted_ones(long seed) {
        Random random = new Random(seed);
        long[] times = times(random, 1 + random.nextInt(20_000), (int) seed % 4);

        Latencies latencies = of(LongStream.of(times));

        Arrays.sort(times);
        assertThat(latencies.number()).isEqualTo(times.length);
        for (int percent : PERCENTS) {
            double exact = times[(int) Math.ceil(times.length * percent / 100.0) - 1];
            assertThat((double) latencies.percentile(percent).toNanos())
                    .as("percentile %d of %d", percent, times.length)
                    .isCloseTo(exact, within(Math.max(1, exact * 0.01)));
        }
        assertThat(latencies.roundTrips().worst()).isEqualTo(Duration.ofNanos(times[times.length - 1]));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void parts_that_are_put_together_tell_what_the_whole_tells(long seed) {
        Random random = new Random(seed);
        Latencies whole = new Latencies();
        Latencies sum = new Latencies();
        for (int part = 0; part < 6; part++) {
            long[] times = times(random, random.nextInt(part % 2 == 0 ? 20 : 500), (int) seed % 4);
            LongStream.of(times).forEach(whole::add);
            sum.add(of(LongStream.of(times)));
        }

        assertThat(sum.number()).isEqualTo(whole.number());
        assertThat(sum.roundTrips()).isEqualTo(whole.roundTrips());
    }

    @Test
    void what_was_counted_tells_upper_bounds_and_says_so() {
        Latencies latencies = new Latencies();
        latencies.addUpTo(100_000_000, 60);
        latencies.addUpTo(3_000_000_000L, 40);
        latencies.add(50_000_000);

        assertThat(latencies.roundTrips())
                .isEqualTo(new RoundTrips(
                        101,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        true));
        assertThat(latencies.roundTrips().medianText()).isEqualTo("≤ 0.100 s");
    }

    @Test
    void the_longest_and_the_shortest_time_there_are_have_a_place() {
        Latencies latencies = new Latencies();
        for (int i = 0; i < 200; i++) {
            latencies.add(i < 100 ? -5 : Long.MAX_VALUE);
        }
        assertThat(latencies.percentile(50)).isEqualTo(Duration.ZERO);
        assertThat(latencies.percentile(95).toNanos()).isGreaterThan(Long.MAX_VALUE / 100 * 99);
    }

    private static long[] times(Random random, int number, int shape) {
        return LongStream.range(0, number)
                .map(i -> switch (shape) {
                    case 0 -> random.nextLong(600_000_000_000L);
                    case 1 -> (long) Math.pow(10, random.nextDouble() * 13);
                    case 2 -> 41_000_000;
                    default -> random.nextInt(50) == 0 ? 500_000_000_000L : 20_000_000 + random.nextInt(9_000_000);
                })
                .toArray();
    }

    private static Latencies of(LongStream times) {
        Latencies latencies = new Latencies();
        times.forEach(latencies::add);
        return latencies;
    }
}
