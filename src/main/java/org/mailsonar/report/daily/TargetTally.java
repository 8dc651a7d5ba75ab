package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mailsonar.report.daily.TargetDay.Before;
import org.mailsonar.report.daily.TargetDay.Stretch;
import org.mailsonar.report.daily.TargetDay.VantageDay;
import org.mailsonar.roundtrip.ProbeArchive.Hour;
import org.mailsonar.roundtrip.ProbeArchive.Sample;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.verdict.Judge;

/** Gathers a target's day and the week before it. To be filled by one thread. */
final class TargetTally {

    private final String name;
    private final @Nullable Target target;
    private final ReportDay day;
    private final Instant begin;
    private final Instant weekFrom;
    private final Timeline timeline;
    private final Map<String, Tally> vantages = new TreeMap<>();
    private final @Nullable Tally[] hours;
    private final Tally week = new Tally();
    private final HoursBefore hoursBefore;
    private boolean weekIsCounted;

    /**
     * Nothing is known yet.
     *
     * @param target null for one that is not configured
     * @param kept changes of its verdict are kept since then
     * @param hoursBefore counts the probes of the week before of all targets
     */
    TargetTally(
            String name,
            @Nullable Target target,
            ReportDay day,
            int hoursOfDay,
            Instant kept,
            HoursBefore hoursBefore) {
        this.name = name;
        this.target = target;
        this.day = day;
        this.begin = day.from();
        this.weekFrom = day.weekFrom();
        this.timeline = new Timeline(weekFrom, kept);
        this.hours = new Tally[hoursOfDay];
        this.hoursBefore = hoursBefore;
    }

    Timeline timeline() {
        return timeline;
    }

    /** Counts a probe of the day or of the week before; of one before that, only what it tells of the beginning of the week. */
    void add(Sample sample) {
        Instant sent = sample.sent();
        boolean applies = timeline.applies(sent);
        timeline.probed(sent, sent, freshness());
        if (sent.isBefore(weekFrom)) {
            return;
        }
        if (sent.isBefore(begin)) {
            week.add(sample, applies);
            hoursBefore.add(sample);
        } else {
            hour(sent).add(sample, applies);
            vantages.computeIfAbsent(sample.vantage(), _ -> new Tally()).add(sample, applies);
        }
    }

    /** Counts an hour's probes that are gone. */
    void add(Hour counted) {
        timeline.probed(counted.begin(), counted.begin().plus(Duration.ofHours(1)), freshness());
        if (counted.begin().isBefore(weekFrom)) {
            return;
        }
        if (counted.begin().isBefore(begin)) {
            week.add(counted);
            hoursBefore.add(counted);
            weekIsCounted = true;
        } else {
            hour(counted.begin()).add(counted);
            vantages.computeIfAbsent(counted.vantage(), _ -> new Tally()).add(counted);
        }
    }

    private Tally hour(Instant instant) {
        int hour = ReportDay.hourOf(instant, begin, hours.length);
        @Nullable Tally tally = hours[hour];
        if (tally == null) {
            tally = new Tally();
            hours[hour] = tally;
        }
        return tally;
    }

    private Duration freshness() {
        return freshness(target);
    }

    /** For how long a probe to a target tells something; of one that is not configured any more, the usual timing has to do. */
    static Duration freshness(@Nullable Target target) {
        return Judge.freshness(target == null ? Timing.STANDARD : target.timing());
    }

    /** Whether there was a probe on the day. */
    boolean isProbed() {
        return !vantages.isEmpty();
    }

    /** Adds its hours to those of all targets. */
    void addTo(List<HourTally> all) {
        for (int i = 0; i < hours.length; i++) {
            @Nullable Tally tally = hours[i];
            if (tally != null) {
                all.get(i).add(name, tally);
            }
        }
    }

    TargetDay day(Instant until) {
        Tally whole = new Tally();
        vantages.values().forEach(whole::add);
        List<Stretch> stretches = timeline.stretches(begin, until);
        return new TargetDay(
                name,
                target != null,
                slowAfter(),
                Timeline.availability(stretches),
                whole.counts(),
                whole.roundTrips(),
                hourDays(),
                stretches,
                timeline.outages(begin, until),
                vantageDays(),
                new Before(
                        Timeline.availability(timeline.stretches(day.weekFrom(), begin)),
                        week.counts(),
                        week.roundTrips(),
                        weekIsCounted));
    }

    private @Nullable Duration slowAfter() {
        return target == null || target.slowAfter().compareTo(target.timeout()) >= 0 ? null : target.slowAfter();
    }

    private List<TargetDay.Hour> hourDays() {
        List<TargetDay.Hour> list = new ArrayList<>();
        for (int i = 0; i < hours.length; i++) {
            @Nullable Tally tally = hours[i];
            Tally some = tally == null ? new Tally() : tally;
            list.add(new TargetDay.Hour(begin.plus(Duration.ofHours(i)), some.counts(), some.roundTrips()));
        }
        return list;
    }

    private List<VantageDay> vantageDays() {
        List<VantageDay> days = new ArrayList<>();
        LinkedHashSet<List<Object>> different = new LinkedHashSet<>();
        vantages.forEach((vantage, tally) -> {
            VantageDay one = new VantageDay(vantage, tally.counts(), tally.roundTrips());
            days.add(one);
            different.add(List.of(one.probes(), one.roundTrips()));
        });
        return different.size() > 1 ? days : List.of();
    }
}
