package org.mailsonar.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who rests for an hour here and is not woken lets the test run into its time limit. */
@Timeout(20)
class WatchTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Watch watch = new Watch(() -> {});

    @Test
    void a_wake_before_the_rest_is_not_slept_over() {
        watch.forgetWake();
        watch.wake();
        watch.rest(HOUR);
        assertThat(watch.hasEnded()).isFalse();
    }

    @Test
    void a_wake_ends_a_rest() throws InterruptedException {
        Thread resting = Thread.ofVirtual().start(() -> watch.rest(HOUR));
        watch.wake();
        resting.join();
        assertThat(watch.hasEnded()).isFalse();
    }

    @Test
    void a_pause_goes_on_in_spite_of_a_wake_and_ends_with_the_watch() throws InterruptedException {
        watch.wake();
        Thread pausing = Thread.ofVirtual().start(() -> watch.pause(HOUR));
        watch.wake();
        assertThat(pausing.join(Duration.ofMillis(100))).isFalse();
        watch.end();
        pausing.join();
        assertThat(watch.hasEnded()).isTrue();
    }

    @Test
    void a_wake_that_is_forgotten_interrupts_nothing() {
        AtomicInteger runs = new AtomicInteger();
        watch.wake();
        watch.forgetWake();
        watch.interruptBy(runs::incrementAndGet);
        assertThat(runs).hasValue(0);
        watch.wake();
        assertThat(runs).hasValue(1);
        watch.interruptNothing();
        watch.wake();
        assertThat(runs).hasValue(1);
    }

    @Test
    void what_comes_after_a_wake_is_interrupted_at_once() {
        AtomicInteger runs = new AtomicInteger();
        watch.wake();
        watch.interruptBy(runs::incrementAndGet);
        assertThat(runs).hasValue(1);
    }
}
