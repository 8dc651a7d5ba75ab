package org.mailsonar.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mailsonar.report.daily.ReportDay;
import org.mailsonar.roundtrip.Duties;
import org.mailsonar.time.TimeSource;

/**
 * Sends the report of the day before at an hour of each day, once, by one of all monitors that share a database. When none was at work at that
 * hour, it is sent as soon as one is, unless the next one is due: reports of days that went by meanwhile are not made up for. What is not
 * taken is tried again ten minutes later, for as long. A monitor that dies between handing it over and noting that has it sent twice, with
 * the same Message-ID. To be used by one thread at a time.
 */
public final class DailyMail {

    /** Longer than it takes to make and to hand over; when it is tried again. */
    private static final Duration CLAIM = Duration.ofMinutes(10);

    private final LocalTime at;
    private final ZoneId zone;
    private final String monitor;
    private final Duties duties;
    private final TimeSource time;
    private final Work work;
    private final Consumer<String> log;
    private @Nullable LocalDate settled;

    /**
     * What is done for a day.
     *
     * @param duty its name among the duties of all monitors
     * @param send makes and sends it; gives why it was not taken, or nothing
     */
    public record Work(Function<ReportDay, String> duty, Function<ReportDay, Optional<String>> send) {}

    /**
     * A report that is due at an hour.
     *
     * @param at when, by the clocks of the zone
     * @param monitor who asks, among all monitors
     * @param log takes a line for each report that was sent, or was not taken
     */
    public DailyMail(
            LocalTime at,
            ZoneId zone,
            String monitor,
            Duties duties,
            TimeSource time,
            Work work,
            Consumer<String> log) {
        this.at = at;
        this.zone = zone;
        this.monitor = monitor;
        this.duties = duties;
        this.time = time;
        this.work = work;
        this.log = log;
    }

    /** Looks whether it is due; to be called every minute or so. */
    public void look() {
        Instant now = time.now().wall();
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate due = now.isBefore(ZonedDateTime.of(today, at, zone).toInstant()) ? today.minusDays(1) : today;
        if (due.equals(settled)) {
            return;
        }
        ReportDay day = new ReportDay(due.minusDays(1), zone);
        String duty = work.duty().apply(day);
        if (!duties.claim(duty, monitor, now, now.plus(CLAIM))) {
            return; // another monitor has it; when that one fails, it is asked for again
        }
        Optional<String> refused = work.send().apply(day);
        if (refused.isPresent()) {
            log.accept("the report of " + day.date() + " was not taken, and is tried again: " + refused.get());
            return;
        }
        duties.done(duty, time.now().wall());
        settled = due;
        log.accept("the report of " + day.date() + " was sent");
    }
}
