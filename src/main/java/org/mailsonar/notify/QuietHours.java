package org.mailsonar.notify;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Hours of each day in which people are left alone with what can wait.
 *
 * @param from when they begin
 * @param until when they end; on the next day where that is earlier
 * @param zone whose clock that is
 */
public record QuietHours(LocalTime from, LocalTime until, ZoneId zone) {

    /** Refuses hours without length, with an {@link IllegalArgumentException}. */
    public QuietHours {
        if (from.equals(until)) {
            throw new IllegalArgumentException(
                    "quiet hours that end when they begin; write for example 22:00 and 07:00");
        }
    }

    /** The instant itself where it is not quiet, else when it is quiet no more. */
    public Instant over(Instant instant) {
        ZonedDateTime local = instant.atZone(zone);
        LocalTime time = local.toLocalTime();
        boolean isOverMidnight = until.isBefore(from);
        boolean isAfterStart = !time.isBefore(from);
        boolean isBeforeEnd = time.isBefore(until);
        if (isOverMidnight ? !isAfterStart && !isBeforeEnd : !(isAfterStart && isBeforeEnd)) {
            return instant;
        }
        ZonedDateTime end = local.with(until);
        Instant over = (isOverMidnight && isAfterStart ? local.plusDays(1).with(until) : end).toInstant();
        // On the day on which clocks are set back the end may seem to have passed already.
        return over.isAfter(instant) ? over : instant;
    }
}
