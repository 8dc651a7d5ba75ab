package org.mailsonar.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mailsonar.relay.Transmission;
import org.mailsonar.report.daily.ReportDay;
import org.mailsonar.roundtrip.Duties;
import org.mailsonar.time.TimeSource;

/**
 * Sends the report of the day before at an hour of each day, once, by one of all monitors that share a database. When none was at work at that
 * hour, it is sent as soon as one is, unless the next one is due: reports of days that went by meanwhile are not made up for. Each of those who
 * are to get it is sent a letter of his own, so that one who is refused keeps it from nobody else; whom the server refuses for good is
 * told and given up. What is not taken for now is tried again ten minutes later, for as long. A monitor that dies between handing a letter over
 * and noting that has it sent twice, with the same Message-ID; one that only cannot note it goes on trying to. To be used by one thread at a
 * time.
 */
public final class DailyMail {

    /** Longer than it takes to make, and then to hand over each letter: the limits of a relay come to some twelve minutes. */
    private static final Duration CLAIM = Duration.ofMinutes(30);

    private static final Duration RETRY = Duration.ofMinutes(10);

    private final LocalTime at;
    private final ZoneId zone;
    private final String monitor;
    private final Duties duties;
    private final TimeSource time;
    private final Work work;
    private final Consumer<String> log;
    private final Set<String> toBeNoted = new LinkedHashSet<>();
    private @Nullable LocalDate settled;

    /**
     * What is done for a day.
     *
     * @param duty its name among the duties of all monitors
     * @param make makes it, for each of those who are to get it
     */
    public record Work(Function<ReportDay, String> duty, Function<ReportDay, List<Letter>> make) {}

    /**
     * A report for one of those who are to get it.
     *
     * @param to who
     * @param send hands it over
     */
    public record Letter(String to, Supplier<Transmission> send) {}

    /**
     * A report that is due at an hour.
     *
     * @param at when, by the clocks of the zone
     * @param monitor who asks, among all monitors
     * @param log takes a line for each report that was sent, and each letter that was not taken
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
        note();
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
        boolean whole = false;
        try {
            whole = send(day, duty);
        } finally {
            if (!whole) {
                duties.extend(duty, monitor, time.now().wall().plus(RETRY));
            }
        }
        if (whole) {
            settled = due;
            handedOver(duty);
        }
    }

    /** Whether nothing is left to be done. */
    private boolean send(ReportDay day, String duty) {
        boolean whole = true;
        for (Letter letter : work.make().apply(day)) {
            Instant now = time.now().wall();
            if (!duties.extend(duty, monitor, now.plus(CLAIM))) {
                return false; // that took too long, and another monitor is at it
            }
            String own = duty + ", the letter to " + letter.to();
            // All letters are this monitor's for now: each is free at once, and whether it is done is what is asked.
            if (duties.claim(own, monitor, now, now)) {
                whole &= isSettled(day, letter, own);
            }
        }
        return whole;
    }

    private boolean isSettled(ReportDay day, Letter letter, String own) {
        String what = "the report of " + day.date();
        switch (letter.send().get()) {
            case Transmission.Accepted _ -> log.accept(what + " was sent to " + letter.to());
            case Transmission.Refused(String text) ->
                log.accept(what + " was refused for " + letter.to() + ", and is not tried again: " + text);
            case Transmission.Deferred(String text, boolean _) -> {
                log.accept(what + " was not taken for " + letter.to() + ", and is tried again: " + text);
                return false;
            }
        }
        handedOver(own);
        return true;
    }

    private void handedOver(String duty) {
        toBeNoted.add(duty);
        note();
    }

    /** Notes what is done; what cannot be noted, since the database is away, is so at the next look. */
    private void note() {
        for (String duty : List.copyOf(toBeNoted)) {
            duties.done(duty, time.now().wall());
            toBeNoted.remove(duty);
        }
    }
}
