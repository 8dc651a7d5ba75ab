package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    private static final ZoneId SYDNEY = ZoneId.of("Australia/Sydney");

    @ParameterizedTest
    @CsvSource({
        // Sydney is eleven hours ahead in November
        "2026-11-20T10:59:59Z, 2026-11-20T10:59:59Z",
        "2026-11-20T11:00:00Z, 2026-11-20T20:00:00Z",
        "2026-11-20T16:00:00Z, 2026-11-20T20:00:00Z",
        "2026-11-20T19:59:59Z, 2026-11-20T20:00:00Z",
        "2026-11-20T20:00:00Z, 2026-11-20T20:00:00Z"
    })
    void a_night_ends_on_the_next_morning(Instant instant, Instant over) {
        assertThat(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), SYDNEY).over(instant))
                .isEqualTo(over);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T11:59:00Z, 2026-11-21T11:59:00Z",
        "2026-11-21T12:00:00Z, 2026-11-21T14:00:00Z",
        "2026-11-21T14:00:00Z, 2026-11-21T14:00:00Z"
    })
    void hours_of_one_day_end_on_it(Instant instant, Instant over) {
        assertThat(new QuietHours(LocalTime.of(12, 0), LocalTime.of(14, 0), ZoneId.of("UTC")).over(instant))
                .isEqualTo(over);
    }

    @Test
    void a_night_in_which_clocks_are_moved_ends_by_the_clock() {
        QuietHours night = new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), SYDNEY);

        // forward on 4 October 2026, back on 5 April 2026
        assertThat(night.over(Instant.parse("2026-10-03T14:00:00Z"))).isEqualTo("2026-10-03T20:00:00Z");
        assertThat(night.over(Instant.parse("2026-04-04T14:00:00Z"))).isEqualTo("2026-04-04T21:00:00Z");
    }
}
