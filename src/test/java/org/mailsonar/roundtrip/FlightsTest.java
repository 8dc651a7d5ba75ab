package org.mailsonar.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.testing.TestClock;
import org.mailsonar.time.Moment;

class FlightsTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final TestClock clock = new TestClock(TestProbes.SENT);
    private final Flights flights = new Flights(clock);

    @Test
    void the_oldest_make_room_beyond_a_hundred_thousand() {
        List<ProbeId> ids = new ArrayList<>();
        for (int i = 0; i < 100_002; i++) {
            ids.add(ProbeId.create(TestProbes.SENT, RANDOM));
            flights.leaves(ids.getLast(), "company", clock.now());
        }
        assertThat(flights.left(ids.get(0))).isEmpty();
        assertThat(flights.left(ids.get(1))).isEmpty();
        assertThat(flights.left(ids.get(2))).contains(clock.now());
        assertThat(flights.left(ids.getLast())).contains(clock.now());
    }

    @Test
    void the_first_time_that_a_return_was_seen_is_kept() {
        flights.leaves(TestProbes.ID, "company", clock.now());
        Moment first = clock.pass(Duration.ofSeconds(1));
        assertThat(flights.firstSeen(TestProbes.ID, first)).isEqualTo(first);
        assertThat(flights.firstSeen(TestProbes.ID, clock.pass(Duration.ofSeconds(1))))
                .isEqualTo(first);
    }

    @Test
    void nothing_is_kept_for_the_probes_of_others() {
        Moment first = clock.now();
        assertThat(flights.firstSeen(TestProbes.ID, first)).isEqualTo(first);
        Moment second = clock.pass(Duration.ofSeconds(1));
        assertThat(flights.firstSeen(TestProbes.ID, second)).isEqualTo(second);
        assertThat(flights.left(TestProbes.ID)).isEmpty();
    }

    @Test
    void what_has_ended_is_forgotten() {
        flights.leaves(TestProbes.ID, "company", clock.now());
        flights.ended(TestProbes.ID);
        assertThat(flights.left(TestProbes.ID)).isEmpty();
    }

    @Test
    void the_newest_of_those_that_are_still_in_flight_is_waited_for() {
        assertThat(flights.expectation().waiting()).isEmpty();
        flights.leaves(TestProbes.ID, "company", clock.now());
        clock.pass(Duration.ofSeconds(5));
        ProbeId second = ProbeId.create(TestProbes.SENT, RANDOM);
        flights.leaves(second, "university", clock.now());
        clock.pass(Duration.ofSeconds(1));
        assertThat(flights.expectation().waiting()).contains(Duration.ofSeconds(1));
        assertThat(flights.expectation("company").waiting()).contains(Duration.ofSeconds(6));
        flights.ended(second);
        assertThat(flights.expectation().waiting()).contains(Duration.ofSeconds(6));
        assertThat(flights.expectation("university").waiting()).isEmpty();
        clock.pass(Duration.ofHours(1));
        assertThat(flights.expectation().waiting()).as("lost long ago").isEmpty();
    }

    @Test
    void who_waits_for_one_target_is_woken_for_that_one_alone() {
        List<String> woken = new ArrayList<>();
        var all = flights.expectation().onNewWait(() -> woken.add("all"));
        flights.expectation("company").onNewWait(() -> woken.add("company"));
        flights.leaves(ProbeId.create(TestProbes.SENT, RANDOM), "university", clock.now());
        assertThat(woken).containsExactly("all");
        flights.leaves(ProbeId.create(TestProbes.SENT, RANDOM), "company", clock.now());
        assertThat(woken).containsExactly("all", "all", "company");
        all.close();
        flights.leaves(ProbeId.create(TestProbes.SENT, RANDOM), "company", clock.now());
        assertThat(woken).hasSize(4).endsWith("company");
    }
}
