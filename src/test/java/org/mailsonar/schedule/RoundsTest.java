package org.mailsonar.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.Poll;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.testing.TestClock;

class RoundsTest {

    private final ManualTimer timer = new ManualTimer(new TestClock(TestProbes.SENT));
    private final List<String> trouble = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();

    @Test
    void one_that_takes_long_is_not_begun_twice_and_holds_up_no_other() {
        CountDownLatch disk = new CountDownLatch(1);
        AtomicInteger others = new AtomicInteger();
        try (Rounds rounds = new Rounds(timer, trouble::add)) {
            rounds.every(Duration.ofSeconds(1), "the long one", () -> {
                turns.incrementAndGet();
                awaitQuietly(disk);
            });
            rounds.every(Duration.ofSeconds(1), "the other", others::incrementAndGet);
            timer.pass(Duration.ZERO);
            for (int i = 1; i <= 3; i++) {
                int before = others.get();
                timer.pass(Duration.ofSeconds(1));
                Poll.until("a turn of the other", () -> others.get() > before);
            }
            assertThat(turns).hasValue(1);
            assertThat(rounds.isIdle()).isFalse();
            disk.countDown();
            Poll.until("through", rounds::isIdle);
            timer.pass(Duration.ofSeconds(1));
            Poll.until("the second turn", () -> turns.get() == 2);
        }
    }

    @Test
    void a_failure_is_told_when_it_begins_and_again_when_it_came_back() {
        boolean[] broken = {true};
        try (Rounds rounds = new Rounds(timer, trouble::add, new DirectExecutor())) {
            rounds.every(Duration.ofSeconds(1), "the work", () -> {
                if (broken[0]) {
                    throw new IllegalStateException("no disk");
                }
            });
            timer.pass(Duration.ofSeconds(5));
            assertThat(trouble).containsExactly("the work failed, and is tried again: no disk");
            broken[0] = false;
            timer.pass(Duration.ofSeconds(2));
            broken[0] = true;
            timer.pass(Duration.ofSeconds(2));
            assertThat(trouble).hasSize(2);
        }
    }

    @Test
    void after_the_end_nothing_is_done() {
        Rounds rounds = new Rounds(timer, trouble::add);
        rounds.every(Duration.ofSeconds(1), "the work", turns::incrementAndGet);
        rounds.close();
        timer.pass(Duration.ofSeconds(5));
        rounds.start("the work", turns::incrementAndGet);
        assertThat(turns).hasValue(0);
        assertThat(rounds.isIdle()).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(Poll.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
