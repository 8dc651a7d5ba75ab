package org.mailsonar.report.daily;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportDayTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void a_day_has_23_hours_when_clocks_are_put_forward() {
        ReportDay day = new ReportDay(LocalDate.of(2026, 3, 29), BERLIN);

        assertThat(day.length()).isEqualTo(Duration.ofHours(23));
        assertThat(day.hours().stream().map(day::clock).limit(4)).containsExactly("00:00", "01:00", "03:00", "04:00");
        assertThat(day.until()).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
    }

    @Test
    void and_25_when_they_are_put_back() {
        ReportDay day = new ReportDay(LocalDate.of(2026, 10, 25), BERLIN);

        assertThat(day.length()).isEqualTo(Duration.ofHours(25));
        assertThat(day.hours().stream().map(day::clock).limit(5))
                .containsExactly("00:00", "01:00", "02:00", "02:00", "03:00");
        assertThat(day.weekFrom()).isEqualTo(Instant.parse("2026-10-17T22:00:00Z"));
    }

    @Test
    void the_last_hour_is_half_a_one_where_clocks_are_put_by_half_an_hour() {
        ReportDay day = new ReportDay(LocalDate.of(2026, 4, 5), ZoneId.of("Australia/Lord_Howe"));

        assertThat(day.length()).isEqualTo(Duration.ofMinutes(24 * 60 + 30));
        assertThat(day.hours()).hasSize(25);
        assertThat(ReportDay.hourOf(day.until().minusSeconds(1), day.from(), 25))
                .isEqualTo(24);
        assertThat(ReportDay.hourOf(day.until(), day.from(), 25)).isEqualTo(24);
    }

    @Test
    void an_instant_of_another_day_is_told_with_its_day() {
        ReportDay day = new ReportDay(LocalDate.of(2026, 11, 20), BERLIN);

        assertThat(List.of(day.clock(day.from()), day.clock(day.from().minusSeconds(60))))
                .containsExactly("00:00", "2026-11-19 23:59");
    }
}
