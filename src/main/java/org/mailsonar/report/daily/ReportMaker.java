package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.mailsonar.check.CheckBook;
import org.mailsonar.report.daily.DailyReport.Blind;
import org.mailsonar.report.daily.DailyReport.HourOfDay;
import org.mailsonar.report.daily.WeekBefore.Silent;
import org.mailsonar.roundtrip.Attendance;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.ProbeArchive;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.site.PathBook;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.Situations;

/**
 * Makes reports. Each book is read once, as a stream: what is held meanwhile grows with the number of targets, paths, hosts and checks, and
 * not with that of probes. Thread-safe.
 */
public final class ReportMaker {

    /** Where it is read from. */
    public record Books(
            ProbeArchive probes, Situations situations, Attendance attendance, CheckBook checks, PathBook paths) {}

    private final Books books;
    private final List<Target> targets;
    private final String vantage;
    private final Duration kept;
    private final TimeSource time;

    /**
     * A maker of reports.
     *
     * @param targets those that are configured, in their order
     * @param vantage where it is made
     * @param kept for how long probes, and changes of verdicts, are kept: of what was before, nothing is said that only they tell
     */
    public ReportMaker(Books books, List<Target> targets, String vantage, Duration kept, TimeSource time) {
        this.books = books;
        this.targets = List.copyOf(targets);
        this.vantage = vantage;
        this.kept = kept;
        this.time = time;
    }

    /**
     * The report of a day; of one that is not over, as far as it is.
     *
     * @throws org.mailsonar.roundtrip.LedgerException when a book cannot be read
     */
    public DailyReport make(ReportDay day) {
        Instant now = time.now().wall();
        Instant until = Timeline.later(day.from(), Timeline.earlier(day.until(), now));
        Instant known = now.minus(kept);
        int hours = day.hours().size();
        Set<String> vantages = new TreeSet<>(List.of(vantage));
        HoursBefore hoursBefore = new HoursBefore(day);
        List<TargetTally> tallies = targets(day, until, known, hoursBefore, vantages);
        List<HourTally> ofDay = new ArrayList<>();
        for (int i = 0; i < hours; i++) {
            ofDay.add(new HourTally());
        }
        tallies.forEach(tally -> tally.addTo(ofDay));
        List<HourOfDay> hoursOfDay = new ArrayList<>();
        for (int i = 0; i < hours; i++) {
            Instant hour = day.hours().get(i);
            hoursOfDay.add(ofDay.get(i).hour(hour, hoursBefore.of(hour)));
        }
        Week ofPaths = new Week(day, known);
        Week ofHosts = new Week(day, known);
        Week ofChecks = new Week(day, known);
        SiteTally site = site(ofPaths, until);
        HostTally hosts = hosts(day, ofHosts, until, hours);
        CheckTally checks = checks(ofChecks, until);
        List<Silent> silent = Stream.of(site.silent(), hosts.silent(), checks.silent())
                .flatMap(List::stream)
                .toList();
        return new DailyReport(
                day,
                until,
                now,
                vantage,
                tallies.stream().map(tally -> tally.day(until)).toList(),
                hoursOfDay,
                blind(vantages, day.from(), until),
                site.day(),
                hosts.days(),
                checks.days(day.from(), until),
                new WeekBefore(ofPaths.readFrom(), ofPaths.first(), ofHosts.first(), ofChecks.first(), silent));
    }

    private List<TargetTally> targets(
            ReportDay day, Instant until, Instant known, HoursBefore hoursBefore, Set<String> vantages) {
        int hours = day.hours().size();
        Map<String, TargetTally> configured = new LinkedHashMap<>();
        Map<String, TargetTally> others = new TreeMap<>();
        targets.forEach(target ->
                configured.put(target.name(), new TargetTally(target.name(), target, day, hours, known, hoursBefore)));
        Tallies all = name -> {
            TargetTally found = configured.get(name);
            return found != null
                    ? found
                    : others.computeIfAbsent(name, _ -> new TargetTally(name, null, day, hours, known, hoursBefore));
        };
        books.situations()
                .eachChange(
                        day.weekFrom(),
                        change -> all.of(change.target()).timeline().add(change));
        books.situations()
                .each(situation -> all.of(situation.target()).timeline().standing(situation.verdict()));
        Instant from = day.weekFrom().minus(freshness());
        books.probes().eachHour(from.truncatedTo(ChronoUnit.HOURS), until, hour -> {
            if (!hour.target().equals(MonitorSettings.SELF)) {
                vantages.add(hour.vantage());
                all.of(hour.target()).add(hour);
            }
        });
        books.probes().each(from, until, sample -> {
            if (!sample.target().equals(MonitorSettings.SELF)) {
                vantages.add(sample.vantage());
                all.of(sample.target()).add(sample);
            }
        });
        List<TargetTally> tallies = new ArrayList<>(configured.values());
        others.values().stream().filter(TargetTally::isProbed).forEach(tallies::add);
        return tallies;
    }

    /** Probes of so long before the week tell of its beginning. */
    private Duration freshness() {
        return targets.stream()
                .map(TargetTally::freshness)
                .reduce(TargetTally.freshness(null), (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    /** Those of all targets, made when they are first asked for. */
    private interface Tallies {
        TargetTally of(String name);
    }

    private List<Blind> blind(Set<String> vantages, Instant from, Instant until) {
        List<Blind> all = new ArrayList<>();
        for (String one : vantages) {
            for (Attendance.Blindness found : books.attendance().blindnesses(one, from, until)) {
                Instant begin = Timeline.later(found.from(), from);
                Instant end = Timeline.earlier(found.until(), until);
                if (begin.isBefore(end)) {
                    all.add(new Blind(one, begin, end, found.why()));
                }
            }
        }
        return all;
    }

    private SiteTally site(Week week, Instant until) {
        SiteTally tally = new SiteTally(week);
        books.paths().each(week.readFrom(), until, tally::add);
        return tally;
    }

    private HostTally hosts(ReportDay day, Week week, Instant until, int hours) {
        HostTally tally = new HostTally(day, week, hours);
        books.checks().eachSample(week.readFrom(), until, tally::add);
        return tally;
    }

    private CheckTally checks(Week week, Instant until) {
        Map<String, Duration> every = new HashMap<>();
        targets.forEach(target -> every.put(target.name(), target.every()));
        CheckTally tally = new CheckTally(every, week);
        books.checks().each(week.readFrom(), until, tally::add);
        return tally;
    }
}
