package org.mailsonar.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mailsonar.intake.Expectation;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.testing.TestClock;

class AwaitedReturnsTest {

    private static final ProbeId OTHER = new ProbeId("01KAJ2V0N2Q4Q4X8YB7D6S5T3S");

    private final Flights flights = new Flights();
    private final TestClock clock = new TestClock(TestProbes.SENT);
    private final AwaitedReturns awaited = new AwaitedReturns(flights, clock, Duration.ofMinutes(10));

    @Test
    void nothing_is_awaited_while_nothing_is_in_flight() {
        assertThat(awaited.waiting()).isEmpty();
        flights.leaves(TestProbes.ID, clock.now());
        flights.ended(TestProbes.ID);
        assertThat(awaited.waiting()).isEmpty();
    }

    @Test
    void the_newest_probe_that_has_not_come_back_counts() {
        flights.leaves(TestProbes.ID, clock.now());
        clock.pass(Duration.ofSeconds(5));
        flights.leaves(OTHER, clock.now());
        clock.pass(Duration.ofSeconds(1));
        assertThat(awaited.waiting()).contains(Duration.ofSeconds(1));
        flights.ended(OTHER);
        assertThat(awaited.waiting()).contains(Duration.ofSeconds(6));
    }

    @Test
    void a_step_of_the_wall_clock_changes_nothing() {
        flights.leaves(TestProbes.ID, clock.now());
        clock.stepWall(Duration.ofHours(1));
        assertThat(awaited.waiting()).contains(Duration.ZERO);
    }

    @Test
    void a_return_is_awaited_for_so_long_and_no_more() {
        flights.leaves(TestProbes.ID, clock.now());
        clock.pass(Duration.ofMinutes(10));
        assertThat(awaited.waiting()).contains(Duration.ofMinutes(10));
        clock.pass(Duration.ofMillis(1));
        assertThat(awaited.waiting()).isEmpty();
    }

    @Test
    void who_sleeps_is_woken_by_each_departure_until_it_is_ended() {
        AtomicInteger wakes = new AtomicInteger();
        try (Expectation.Subscription sleeper = awaited.onNewWait(wakes::incrementAndGet)) {
            flights.leaves(TestProbes.ID, clock.now());
            assertThat(sleeper).isNotNull();
            assertThat(wakes).hasValue(1);
        }
        flights.leaves(OTHER, clock.now());
        assertThat(wakes).hasValue(1);
    }
}
