package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A day by the clocks of a place. It has 23 or 25 hours where they are put forward or back.
 *
 * @param date which day
 * @param zone whose clocks
 */
public record ReportDay(LocalDate date, ZoneId zone) {

    private static final DateTimeFormatter TITLE = DateTimeFormatter.ofPattern("EEEE, yyyy-MM-dd", Locale.ENGLISH);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter FULL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** Its first instant. */
    public Instant from() {
        return date.atStartOfDay(zone).toInstant();
    }

    /** The first instant of the next day. */
    public Instant until() {
        return date.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** The first instant of the seven days before. */
    public Instant weekFrom() {
        return date.minusDays(Week.DAYS).atStartOfDay(zone).toInstant();
    }

    /** The seven days before, the first one first. */
    List<ReportDay> daysBefore() {
        return date.minusDays(Week.DAYS)
                .datesUntil(date)
                .map(before -> new ReportDay(before, zone))
                .toList();
    }

    /** How long it is. */
    public Duration length() {
        return Duration.between(from(), until());
    }

    /** The beginnings of its hours, an hour apart; the last one is shorter where clocks are put by half an hour. */
    public List<Instant> hours() {
        List<Instant> hours = new ArrayList<>();
        for (Instant hour = from(); hour.isBefore(until()); hour = hour.plus(Duration.ofHours(1))) {
            hours.add(hour);
        }
        return List.copyOf(hours);
    }

    /**
     * The hour in which an instant of a day lies, from 0; for what is on its edge, the first or the last one.
     *
     * @param from the day's first instant; asked for each probe, so it is not worked out here
     * @param hours how many the day has
     */
    static int hourOf(Instant instant, Instant from, int hours) {
        return (int) Math.clamp(Duration.between(from, instant).toHours(), 0, hours - 1L);
    }

    /** {@code Friday, 2026-11-20}. */
    public String title() {
        return TITLE.format(date);
    }

    /** An instant of this day by its clocks, {@code 07:45}, up to {@code 24:00}; the day too where it is another one. */
    public String clock(Instant instant) {
        if (instant.equals(until())) {
            return "24:00";
        }
        ZonedDateTime local = instant.atZone(zone);
        return (local.toLocalDate().equals(date) ? HOUR : FULL).format(local);
    }
}
