package org.mailsonar.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentTest {

    private static final Instant WALL = Instant.parse("2026-11-21T01:02:03Z");

    @Test
    void a_step_of_the_wall_clock_bends_no_duration() {
        Moment sent = new Moment(WALL, 1_000);
        Moment back = new Moment(WALL.minus(Duration.ofDays(365)), 2_500);

        assertThat(back.since(sent)).isEqualTo(Duration.ofNanos(1_500));
    }

    @Test
    void a_monotonic_clock_may_run_over() {
        Moment sent = new Moment(WALL, Long.MAX_VALUE - 10);
        Moment back = new Moment(WALL, Long.MIN_VALUE + 9);

        assertThat(back.since(sent)).isEqualTo(Duration.ofNanos(20));
    }

    @Test
    void a_time_source_reads_both_clocks() {
        assertThat(TimeSource.of(() -> WALL, () -> 42L).now()).isEqualTo(new Moment(WALL, 42));
        TimeSource system = TimeSource.system();
        Moment first = system.now();
        assertThat(system.now().since(first)).isGreaterThanOrEqualTo(Duration.ZERO);
    }
}
