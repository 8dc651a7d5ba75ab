package org.mailsonar.roundtrip;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** A time in which a target is expected to fail. */
public sealed interface Maintenance {

    /** Whether an instant lies in it; its first instant does, its last one does not. */
    boolean covers(Instant instant);

    /** From one instant to another. */
    record Once(Instant from, Instant until) implements Maintenance {

        /** Refuses a window that ends before it begins, with an {@link IllegalArgumentException}. */
        public Once {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("this maintenance ends before it begins");
            }
        }

        @Override
        public boolean covers(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(until);
        }
    }

    /**
     * Every week, by the clocks of a place: where the clock is put forward or back meanwhile, its length stays.
     *
     * @param day on which it begins
     * @param from when it begins
     * @param length up to a week
     * @param zone whose clocks
     */
    record Weekly(DayOfWeek day, LocalTime from, Duration length, ZoneId zone) implements Maintenance {

        private static final Duration WEEK = Duration.ofDays(7);

        /** Refuses a length of nothing or of more than a week, with an {@link IllegalArgumentException}. */
        public Weekly {
            if (!length.isPositive() || length.compareTo(WEEK) > 0) {
                throw new IllegalArgumentException("a weekly maintenance lasts longer than nothing and at most 7 days");
            }
        }

        @Override
        public boolean covers(Instant instant) {
            LocalDate today = instant.atZone(zone).toLocalDate();
            for (int back = 0; back <= 8; back++) {
                LocalDate date = today.minusDays(back);
                if (date.getDayOfWeek() == day) {
                    Instant begin = ZonedDateTime.of(date, from, zone).toInstant();
                    if (new Once(begin, begin.plus(length)).covers(instant)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
