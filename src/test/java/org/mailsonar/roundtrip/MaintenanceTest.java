package org.mailsonar.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceTest {

    /** In Berlin the clock goes from 2 to 3 on 2026-03-29 and from 3 back to 2 on 2026-10-25, both Sundays, at 01:00 UTC. */
    @ParameterizedTest(name = "{0} {1} {2} {3} at {4}")
    @CsvSource({
        // an ordinary one: its first instant is in it, its last one is not
        "SUNDAY,   02:00, PT2H,  Europe/Berlin, 2026-11-22T00:59:59.999Z, false",
        "SUNDAY,   02:00, PT2H,  Europe/Berlin, 2026-11-22T01:00:00Z,     true",
        "SUNDAY,   02:00, PT2H,  Europe/Berlin, 2026-11-22T02:59:59.999Z, true",
        "SUNDAY,   02:00, PT2H,  Europe/Berlin, 2026-11-22T03:00:00Z,     false",
        "SUNDAY,   02:00, PT2H,  Europe/Berlin, 2026-11-23T01:30:00Z,     false",
        "SUNDAY,   02:00, PT2H,  UTC,           2026-11-22T02:00:00Z,     true",
        // over midnight, also by a clock that is far from UTC
        "SATURDAY, 23:00, PT3H,  Europe/Berlin, 2026-11-21T22:00:00Z,     true",
        "SATURDAY, 23:00, PT3H,  Europe/Berlin, 2026-11-22T00:59:59Z,     true",
        "SATURDAY, 23:00, PT3H,  Europe/Berlin, 2026-11-22T01:00:00Z,     false",
        "MONDAY,   00:00, PT1H,  Pacific/Kiritimati, 2026-11-22T10:00:00Z, true",
        "MONDAY,   00:00, PT1H,  Pacific/Kiritimati, 2026-11-22T11:00:00Z, false",
        // summer and winter: the same hour by the clock is another one in UTC
        "WEDNESDAY, 12:00, PT1H, Europe/Berlin, 2026-07-01T10:30:00Z,     true",
        "WEDNESDAY, 12:00, PT1H, Europe/Berlin, 2026-12-02T11:30:00Z,     true",
        "WEDNESDAY, 12:00, PT1H, Europe/Berlin, 2026-12-02T10:30:00Z,     false",
        // the clock is put forward meanwhile: two hours stay two hours
        "SUNDAY,   01:30, PT2H,  Europe/Berlin, 2026-03-29T00:30:00Z,     true",
        "SUNDAY,   01:30, PT2H,  Europe/Berlin, 2026-03-29T02:29:59Z,     true",
        "SUNDAY,   01:30, PT2H,  Europe/Berlin, 2026-03-29T02:30:00Z,     false",
        // begins at an hour that there is not on this day: an hour later by the clock, when half past two would have
        // been
        "SUNDAY,   02:30, PT1H,  Europe/Berlin, 2026-03-29T01:29:59Z,     false",
        "SUNDAY,   02:30, PT1H,  Europe/Berlin, 2026-03-29T01:30:00Z,     true",
        "SUNDAY,   02:30, PT1H,  Europe/Berlin, 2026-03-29T02:30:00Z,     false",
        // the clock is put back meanwhile, and the hour that there is twice is begun with once
        "SUNDAY,   01:30, PT2H,  Europe/Berlin, 2026-10-24T23:30:00Z,     true",
        "SUNDAY,   01:30, PT2H,  Europe/Berlin, 2026-10-25T01:29:59Z,     true",
        "SUNDAY,   01:30, PT2H,  Europe/Berlin, 2026-10-25T01:30:00Z,     false",
        "SUNDAY,   02:30, PT30M, Europe/Berlin, 2026-10-25T00:30:00Z,     true",
        "SUNDAY,   02:30, PT30M, Europe/Berlin, 2026-10-25T01:30:00Z,     false",
        // in Havana midnight itself is there twice, in Cairo there is none on a Friday in April
        "SUNDAY,   00:00, PT30M, America/Havana, 2026-11-01T04:00:00Z,    true",
        "SUNDAY,   00:00, PT30M, America/Havana, 2026-11-01T05:00:00Z,    false",
        "FRIDAY,   00:00, PT30M, Africa/Cairo,   2026-04-23T21:59:59Z,    false",
        "FRIDAY,   00:00, PT30M, Africa/Cairo,   2026-04-23T22:00:00Z,    true",
        // Samoa left out a whole Friday
        "FRIDAY,   12:00, PT1H,  Pacific/Apia,   2011-12-30T22:30:00Z,    true",
        // a whole week is always, but for the hour by which a week is longer when the clock is put back
        "MONDAY,   10:00, P7D,   Europe/Berlin, 2026-11-23T08:59:59Z,     true",
        "MONDAY,   10:00, P7D,   Europe/Berlin, 2026-11-23T09:00:00Z,     true",
        "MONDAY,   10:00, P7D,   Europe/Berlin, 2026-10-26T07:59:59Z,     true",
        "MONDAY,   10:00, P7D,   Europe/Berlin, 2026-10-26T08:30:00Z,     false",
        "MONDAY,   10:00, P7D,   Europe/Berlin, 2026-03-30T08:30:00Z,     true",
        "SUNDAY,   23:59, P6D,   Europe/Berlin, 2026-11-21T22:58:59Z,     true",
        "SUNDAY,   23:59, P6D,   Europe/Berlin, 2026-11-21T22:59:00Z,     false"
    })
    void a_weekly_window_is_open_or_not(
            DayOfWeek day, LocalTime from, Duration length, ZoneId zone, Instant instant, boolean open) {
        assertThat(new Maintenance.Weekly(day, from, length, zone).covers(instant))
                .isEqualTo(open);
    }

    @Test
    void in_each_year_a_weekly_window_is_open_as_long_as_it_says() {
        Random random = new Random(8);
        for (String zone : new String[] {"Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "UTC"}) {
            for (int i = 0; i < 6; i++) {
                Duration length = Duration.ofMinutes(15L * (1 + random.nextInt(600)));
                Maintenance weekly = new Maintenance.Weekly(
                        DayOfWeek.of(1 + random.nextInt(7)),
                        LocalTime.of(random.nextInt(24), 15 * random.nextInt(4)),
                        length,
                        ZoneId.of(zone));
                Instant start = Instant.parse("2026-01-15T00:00:00Z");
                long quarters = 0;
                for (int quarter = 0; quarter < 52 * 7 * 96; quarter++) {
                    quarters += weekly.covers(start.plus(Duration.ofMinutes(15L * quarter))) ? 1 : 0;
                }

                assertThat(Duration.ofMinutes(15 * quarters))
                        .as("%s", weekly)
                        .isBetween(
                                length.multipliedBy(52).minusHours(2),
                                length.multipliedBy(52).plusHours(2));
            }
        }
    }

    @Test
    void a_window_of_one_time_is_open_from_its_first_instant_to_its_last() {
        Instant from = Instant.parse("2026-11-21T00:00:00Z");
        Maintenance once = new Maintenance.Once(from, from.plusSeconds(60));

        assertThat(once.covers(from.minusNanos(1))).isFalse();
        assertThat(once.covers(from)).isTrue();
        assertThat(once.covers(from.plusSeconds(60).minusNanos(1))).isTrue();
        assertThat(once.covers(from.plusSeconds(60))).isFalse();
    }

    @Test
    void a_window_that_can_never_be_open_is_refused() {
        Instant from = Instant.parse("2026-11-21T00:00:00Z");

        assertThatThrownBy(() -> new Maintenance.Once(from, from)).hasMessage("this maintenance ends before it begins");
        for (Duration length : new Duration[] {
            Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(7).plusNanos(1)
        }) {
            assertThatThrownBy(() -> new Maintenance.Weekly(DayOfWeek.MONDAY, LocalTime.NOON, length, ZoneId.of("UTC")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
