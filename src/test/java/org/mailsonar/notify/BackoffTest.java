package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource({
        "1, 0, 8, 12",
        "2, 0, 16, 24",
        "3, 1, 0, 0",
        "4, 1, 64, 96",
        "6, 0, 256, 384",
        "9, 1, 480, 720",
        "1000000, 1, 480, 720"
    })
    void delays_double_up_to_ten_minutes_and_each_way_has_three_tries(int failures, int way, int least, int most) {
        assertThat(Backoff.way(failures, 2)).isEqualTo(way);
        assertThat(Backoff.delay(failures, 2, "7/night"))
                .isBetween(Duration.ofSeconds(least), Duration.ofSeconds(most));
    }
}
