package org.mailsonar.intake.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.intake.Expectation;

class PaceTest {

    private static final Duration USUAL = Duration.ofMinutes(1);

    @ParameterizedTest
    @CsvSource({
        "0, 50, 0, 50",
        "499, 50, 0, 50",
        "700, 50, 0, 70",
        "30000, 50, 0, 3000",
        "600000, 50, 0, 5000",
        "0, 1000, 0, 1000",
        "0, 50, 400, 400",
        "0, 50, 90000, 60000"
    })
    void the_pause_grows_with_the_wait_and_with_the_servers_answers(long age, long shortest, long took, long pause) {
        Pace pace = new Pace(waiting(Duration.ofMillis(age)));
        assertThat(pace.pause(USUAL, Duration.ofMillis(shortest), Duration.ofMillis(took)))
                .isEqualTo(Duration.ofMillis(pause));
    }

    @Test
    void the_pause_is_never_longer_than_the_usual_one() {
        Pace pace = new Pace(waiting(Duration.ofMinutes(5)));
        assertThat(pace.pause(Duration.ofMillis(100), Pace.SHORTEST_VISIT, Duration.ZERO))
                .isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void without_expectation_the_pause_is_the_usual_one() {
        Pace pace = new Pace(Expectation.NONE);
        assertThat(pace.isWaiting()).isFalse();
        assertThat(pace.pause(USUAL, Pace.SHORTEST, Duration.ofHours(1))).isEqualTo(USUAL);
    }

    /** What the class promises to a server. */
    @Test
    void one_wait_of_ten_minutes_asks_less_than_two_hundred_times() {
        Duration age = Duration.ZERO;
        int questions = 0;
        while (age.compareTo(Duration.ofMinutes(10)) < 0) {
            age = age.plus(new Pace(waiting(age)).pause(USUAL, Pace.SHORTEST, Duration.ZERO));
            questions++;
        }
        assertThat(questions).isBetween(100, 200);
    }

    private static Expectation waiting(Duration age) {
        return new Expectation() {
            @Override
            public Optional<Duration> waiting() {
                return Optional.of(age);
            }

            @Override
            public Subscription onNewWait(Runnable wake) {
                return () -> {};
            }
        };
    }
}
