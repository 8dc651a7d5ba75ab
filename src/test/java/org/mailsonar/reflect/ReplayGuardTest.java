package org.mailsonar.reflect;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.testing.TestClock;

class ReplayGuardTest {

    private static final Duration WINDOW = Duration.ofHours(1);
    private static final String KEY = "0123456789abcdef";

    private final TestClock clock = new TestClock(TestProbes.SENT);
    private final ReplayGuard guard = ReplayGuard.within(WINDOW, 1000, clock);

    @Test
    void a_returned_probe_is_returned_again_when_the_window_is_over_and_not_before() {
        returned(TestProbes.ID);
        Instant when = clock.now().wall();
        clock.pass(WINDOW.minusNanos(1_000));
        assertThat(guard.ask(KEY, TestProbes.ID)).isEqualTo(new ReplayGuard.Answer.ReturnedAlready(when));
        clock.pass(Duration.ofNanos(1_000));
        assertThat(guard.ask(KEY, TestProbes.ID)).isInstanceOf(ReplayGuard.Leave.class);
    }

    @Test
    void a_stepped_wall_clock_changes_no_window() {
        returned(TestProbes.ID);
        clock.stepWall(Duration.ofDays(3));
        assertThat(guard.ask(KEY, TestProbes.ID)).isInstanceOf(ReplayGuard.Answer.ReturnedAlready.class);
    }

    @Test
    void the_same_id_of_another_key_is_another_probe() {
        returned(TestProbes.ID);
        assertThat(guard.ask("another", TestProbes.ID)).isInstanceOf(ReplayGuard.Leave.class);
    }

    @Test
    void beyond_the_number_that_is_remembered_the_oldest_are_forgotten() {
        List<ProbeId> ids = IntStream.range(0, 10_000).mapToObj(i -> id()).toList();
        ids.forEach(this::returned);

        assertThat(((ResidentReplayGuard) guard).size()).isBetween(900L, 1001L);
        assertThat(ids.subList(9_100, 10_000))
                .allMatch(id -> guard.ask(KEY, id) instanceof ReplayGuard.Answer.ReturnedAlready);
        assertThat(guard.ask(KEY, ids.getFirst())).isInstanceOf(ReplayGuard.Leave.class);
    }

    @Test
    void without_a_guard_every_copy_is_returned() {
        for (int i = 0; i < 3; i++) {
            try (ReplayGuard.Leave leave =
                    (ReplayGuard.Leave) ReplayGuard.none().ask(KEY, TestProbes.ID)) {
                leave.returned();
            }
        }
    }

    /** A model beside the guard: what is under way, and what was returned within the window. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void in_any_order_of_events_a_probe_is_returned_once_in_a_window_and_never_by_two_at_a_time(long seed) {
        Random random = new Random(seed);
        List<ProbeId> ids = IntStream.range(0, 5).mapToObj(i -> id()).toList();
        Map<ProbeId, ReplayGuard.Leave> underWay = new HashMap<>();
        Map<ProbeId, Instant> returned = new HashMap<>();
        Set<Class<?>> seen = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            clock.pass(Duration.ofSeconds(random.nextInt(600)));
            Instant now = clock.now().wall();
            returned.values().removeIf(then -> !then.plus(WINDOW).isAfter(now));
            ProbeId id = ids.get(random.nextInt(ids.size()));
            ReplayGuard.Leave held = underWay.get(id);
            if (held != null && random.nextBoolean()) {
                if (random.nextBoolean()) {
                    held.returned();
                    returned.put(id, now);
                }
                held.close();
                underWay.remove(id);
                continue;
            }
            ReplayGuard.Answer answer = guard.ask(KEY, id);
            seen.add(answer.getClass());
            if (returned.containsKey(id)) {
                assertThat(answer).isEqualTo(new ReplayGuard.Answer.ReturnedAlready(returned.get(id)));
            } else if (held != null) {
                assertThat(answer).isInstanceOf(ReplayGuard.Answer.UnderWay.class);
            } else {
                assertThat(answer).isInstanceOf(ReplayGuard.Leave.class);
                underWay.put(id, (ReplayGuard.Leave) answer);
            }
        }
        assertThat(seen).as("all three answers were met").hasSize(3);
    }

    private void returned(ProbeId id) {
        try (ReplayGuard.Leave leave = (ReplayGuard.Leave) guard.ask(KEY, id)) {
            leave.returned();
        }
    }

    private static ProbeId id() {
        return ProbeId.create(TestProbes.SENT, new SecureRandom());
    }
}
