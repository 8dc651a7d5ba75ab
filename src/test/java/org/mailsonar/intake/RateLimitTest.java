package org.mailsonar.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.testing.TestClock;

class RateLimitTest {

    private final TestClock clock = new TestClock(TestProbes.SENT);

    @Test
    void two_bursts_do_not_meet_at_the_edge_of_a_minute() {
        RateLimit<String> limit = new RateLimit<>(10, 1, clock);
        clock.pass(Duration.ofSeconds(59));
        assertThat(allowed(limit, "a", 100)).isEqualTo(10);
        clock.pass(Duration.ofSeconds(1));
        assertThat(allowed(limit, "a", 100)).isZero();
        clock.pass(Duration.ofSeconds(64));
        assertThat(allowed(limit, "a", 100)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void in_no_sixty_seconds_there_are_more_and_nobody_is_kept_waiting_for_longer_than_65(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(20);
        RateLimit<String> limit = new RateLimit<>(most, 1, clock);
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            clock.pass(Duration.ofMillis(random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(200)));
            long now = clock.now().monotonicNanos();
            long inTheLast65 =
                    taken.stream().filter(then -> now - then <= 65_000_000_000L).count();
            boolean allowed = limit.allows("a");
            if (allowed) {
                taken.add(now);
            }
            assertThat(allowed || inTheLast65 >= most).as("waits in vain").isTrue();
        }
        for (int i = most; i < taken.size(); i++) {
            assertThat(taken.get(i) - taken.get(i - most)).isGreaterThanOrEqualTo(60_000_000_000L);
        }
    }

    @Test
    void a_sender_takes_nothing_from_another() {
        RateLimit<String> limit = new RateLimit<>(3, 2, clock);
        assertThat(allowed(limit, "a", 100)).isEqualTo(3);
        assertThat(allowed(limit, "b", 100)).isEqualTo(3);
    }

    @Test
    void a_million_senders_take_no_more_memory_than_a_few_and_the_busy_one_stays() {
        RateLimit<Integer> limit = new RateLimit<>(1, 100, clock);
        assertThat(limit.allows(-1)).isTrue();
        for (int i = 0; i < 1_000_000; i++) {
            assertThat(limit.allows(i)).isTrue();
            if (i % 50 == 0) {
                assertThat(limit.allows(-1)).isFalse();
            }
        }
        assertThat(limit.size()).isEqualTo(100);
    }

    @Test
    void without_a_number_everything_is_allowed_and_nobody_remembered() {
        RateLimit<Integer> limit = RateLimit.none();
        assertThat(IntStream.range(0, 10_000).allMatch(limit::allows)).isTrue();
        assertThat(limit.size()).isZero();
    }

    @Test
    void a_stepped_wall_clock_gives_nothing_and_takes_nothing() {
        RateLimit<String> limit = new RateLimit<>(1, 1, clock);
        assertThat(limit.allows("a")).isTrue();
        clock.stepWall(Duration.ofDays(1));
        assertThat(limit.allows("a")).isFalse();
        clock.stepWall(Duration.ofDays(-2));
        clock.pass(Duration.ofSeconds(65));
        assertThat(limit.allows("a")).isTrue();
    }

    @Test
    void many_threads_together_get_no_more() throws InterruptedException {
        RateLimit<String> limit = new RateLimit<>(100, 1, clock);
        List<Boolean> answers = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = IntStream.range(0, 1000)
                .mapToObj(i -> Thread.ofVirtual().start(() -> answers.add(limit.allows("a"))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(1000);
        assertThat(answers.stream().filter(allowed -> allowed)).hasSize(100);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:4711,                       127.0.0.1:9,                       true",
        "127.0.0.1:4711,                       127.0.0.2:4711,                    false",
        "[2001:db8:1:2::1]:25,                 [2001:db8:1:2:ffff:ffff:ffff:1]:9, true",
        "[2001:db8:1:2::1]:25,                 [2001:db8:1:3::1]:25,              false",
        "[::ffff:192.0.2.1]:25,                192.0.2.1:25,                      true"
    })
    void a_client_is_an_ipv4_address_or_a_64_of_ipv6(String one, String other, boolean same) {
        assertThat(ClientNetwork.of(one)).isPresent();
        assertThat(ClientNetwork.of(other)).isPresent();
        assertThat(ClientNetwork.of(one).equals(ClientNetwork.of(other))).isEqualTo(same);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "pipe", "test", ":", "[", "]:1", "[]:1", "maildir:/home/webscout/Maildir", "host.test:25"})
    void what_came_from_no_address_is_no_clients(String client) {
        assertThat(ClientNetwork.of(client)).isEmpty();
    }

    private static int allowed(RateLimit<String> limit, String sender, int times) {
        return (int) IntStream.range(0, times).filter(i -> limit.allows(sender)).count();
    }
}
