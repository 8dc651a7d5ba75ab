package org.mailsonar.report.daily;

import static org.mailsonar.report.daily.Measure.count;
import static org.mailsonar.report.daily.Measure.instant;
import static org.mailsonar.report.daily.Measure.number;
import static org.mailsonar.report.daily.Measure.percent;
import static org.mailsonar.report.daily.Measure.seconds;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.UtcText;

/**
 * A report as one long table of single figures, as its CSV has it: what it is of, of which one, which figure, and its value. Times are in
 * seconds, instants in UTC; what is not known has no row.
 */
public final class LongTable {

    private static final List<Measure<DailyReport>> REPORT = List.of(
            new Measure<>("day", report -> report.day().date().toString()),
            new Measure<>("zone", report -> report.day().zone().getId()),
            instant("from", report -> report.day().from()),
            instant("until", DailyReport::until),
            new Measure<>("vantage", DailyReport::by),
            instant("first run of the week before", report -> report.week().paths()),
            instant("first sample of the week before", report -> report.week().hosts()),
            instant("first check of the week before", report -> report.week().checks()));

    private static final List<Measure<Availability>> AVAILABILITY = List.of(
            percent("time up percent", Availability::percent),
            seconds("up", Availability::up),
            seconds("slow", Availability::slow),
            seconds("down", Availability::down),
            seconds("inconclusive", Availability::inconclusive),
            seconds("not applicable", Availability::notApplicable),
            seconds("not probed", Availability::unknown));

    private static final List<Measure<RoundTrips>> TIMES = List.of(
            count("number", RoundTrips::number),
            seconds("median", RoundTrips::median),
            seconds("p95", RoundTrips::p95),
            seconds("p99", RoundTrips::p99),
            seconds("worst", RoundTrips::worst));

    private static final List<Measure<Seen>> SEEN = joined(
            List.of(
                    percent("probes in time percent", seen -> seen.probes().percent()),
                    ofProbes("probes", ProbeCounts::all),
                    ofProbes("probes in time", ProbeCounts::inTime),
                    notByHours("probes slow", ProbeCounts::slow),
                    ofProbes("probes late", ProbeCounts::late),
                    ofProbes("probes lost", ProbeCounts::lost),
                    ofProbes("probes refused", ProbeCounts::refused),
                    ofProbes("probes bounced", ProbeCounts::bounced),
                    ofProbes("probes deferred", ProbeCounts::deferred),
                    ofProbes("probes not sent", ProbeCounts::sendFailed),
                    ofProbes("probes inconclusive", ProbeCounts::inconclusive),
                    ofProbes("probes in flight", ProbeCounts::inFlight),
                    notByHours("probes not applicable", ProbeCounts::notApplicable),
                    notByHours("duplicates", ProbeCounts::duplicates)),
            times("round trip ", Seen::roundTrips));

    private static final List<Measure<SiteDay.Runs>> RUNS = joined(
            List.of(
                    count("runs", SiteDay.Runs::all),
                    count("slow", SiteDay.Runs::slow),
                    count("failed", SiteDay.Runs::failed),
                    percent("failed percent", SiteDay.Runs::failedPercent),
                    count("not tried", SiteDay.Runs::untried)),
            times("submit ", SiteDay.Runs::submit),
            times("retrieve ", SiteDay.Runs::retrieve),
            times("total ", SiteDay.Runs::total));

    private static final List<Measure<HostDay.Measured>> MEASURED = List.of(
            number("average", HostDay.Measured::average),
            number("maximum", HostDay.Measured::maximum),
            instant("worst hour", HostDay.Measured::worstHour),
            number("average of worst hour", HostDay.Measured::worst));

    private static final List<Measure<CheckDay>> CHECK = joined(
            List.of(
                    count("checks", CheckDay::all),
                    percent("not good percent", CheckDay::notGoodPercent),
                    count("failed", CheckDay::failed),
                    count("warning", CheckDay::warned),
                    count("unknown", CheckDay::unknown),
                    seconds("not good", CheckDay::notGood)),
            times("took ", CheckDay::took));

    private static final List<Measure<HostDay.Before>> MEASURED_BEFORE =
            List.of(number("average", HostDay.Before::average), number("maximum", HostDay.Before::maximum));

    private static final List<Measure<CheckDay.Before>> CHECK_BEFORE = joined(
            List.of(
                    count("checks", CheckDay.Before::all),
                    percent("not good percent", CheckDay.Before::notGoodPercent),
                    count("failed", CheckDay.Before::failed),
                    count("warning", CheckDay.Before::warned),
                    count("unknown", CheckDay.Before::unknown),
                    seconds("not good", CheckDay.Before::notGood)),
            times("took ", CheckDay.Before::took));

    private static final List<Measure<TargetDay.Outage>> OUTAGE = List.of(
            instant("from", TargetDay.Outage::begin),
            instant("until", TargetDay.Outage::end),
            seconds("length", TargetDay.Outage::length),
            seconds("not probed", TargetDay.Outage::notProbed),
            new Measure<>("verdict", outage -> outage.proven() ? "down" : "failing"),
            new Measure<>("cause", TargetDay.Outage::cause));

    private static final List<Measure<DailyReport.Blind>> BLIND = List.of(
            instant("from", DailyReport.Blind::from),
            instant("until", DailyReport.Blind::until),
            new Measure<>("reason", DailyReport.Blind::why));

    private static final List<Measure<WeekBefore.Silent>> SILENT = List.of(instant("last", WeekBefore.Silent::last));

    /** A target's section; of other kinds, the kind follows. */
    private static final String BEFORE = "week before";

    private final List<Row> rows = new ArrayList<>();

    private LongTable() {}

    /**
     * A figure.
     *
     * @param section {@code report}, {@code target}, {@code vantage}, {@code hour}, {@code outage}, {@code blind}, {@code path}, {@code
     *     machine}, {@code host}, {@code check} or {@code silent}; {@code week before} of a target, {@code week before path} of a path, and so on,
     *     with the names and the measures that the day has
     * @param name of which one
     * @param measure which figure
     */
    public record Row(String section, String name, String measure, String value) {

        /** The row as a line of CSV with its end. */
        public String csv() {
            return Csv.field(section) + "," + Csv.field(name) + "," + Csv.field(measure) + "," + Csv.field(value)
                    + "\r\n";
        }
    }

    /** What became of probes. */
    private record Seen(ProbeCounts probes, RoundTrips roundTrips) {}

    private static Measure<Seen> ofProbes(String name, ToLongFunction<ProbeCounts> number) {
        return count(name, seen -> number.applyAsLong(seen.probes()));
    }

    /** One that hours do not count, so that it is left out where some are all that is known. */
    private static Measure<Seen> notByHours(String name, ToLongFunction<ProbeCounts> number) {
        Measure<Seen> always = ofProbes(name, number);
        return new Measure<>(
                name,
                seen -> seen.roundTrips().counted() ? null : always.value().of(seen));
    }

    private static <T> List<Measure<T>> times(String prefix, Function<T, RoundTrips> part) {
        return TIMES.stream().map(time -> time.of(prefix, part)).toList();
    }

    @SafeVarargs
    private static <T> List<Measure<T>> joined(List<Measure<T>>... parts) {
        List<Measure<T>> all = new ArrayList<>();
        for (List<Measure<T>> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }

    /** All figures of a report. */
    public static List<Row> of(DailyReport report) {
        LongTable table = new LongTable();
        table.add("report", "", REPORT, report);
        report.targets().forEach(table::target);
        for (DailyReport.HourOfDay hour : report.hours()) {
            String name = UtcText.millis(hour.begin());
            table.add("hour", name, SEEN, new Seen(hour.probes(), hour.roundTrips()));
            table.add(BEFORE + " hour", name, times("round trip ", Function.identity()), hour.before());
        }
        report.blind().forEach(blind -> table.add("blind", blind.vantage(), BLIND, blind));
        report.site().paths().forEach(path -> {
            table.add("path", path.name(), RUNS, path.runs());
            table.add(BEFORE + " path", path.name(), RUNS, path.before());
        });
        report.site().machines().forEach(table::machine);
        for (HostDay host : report.hosts()) {
            for (HostDay.Measured measured : host.measures()) {
                table.add("host", host.host(), measured.name() + " ", MEASURED, measured);
                table.add(BEFORE + " host", host.host(), measured.name() + " ", MEASURED_BEFORE, measured.before());
            }
        }
        report.checks().forEach(check -> {
            table.add("check", check.fullName(), CHECK, check);
            table.add(BEFORE + " check", check.fullName(), CHECK_BEFORE, check.before());
        });
        report.week()
                .silent()
                .forEach(silent -> table.add("silent", silent.kind() + " " + silent.name(), SILENT, silent));
        return List.copyOf(table.rows);
    }

    private void target(TargetDay target) {
        String name = target.name();
        add("target", name, "configured", target.configured() ? "yes" : "no");
        add("target", name, AVAILABILITY, target.availability());
        add("target", name, SEEN, new Seen(target.probes(), target.roundTrips()));
        for (TargetDay.VantageDay one : target.vantages()) {
            add("vantage", name + " from " + one.vantage(), SEEN, new Seen(one.probes(), one.roundTrips()));
        }
        target.outages().forEach(outage -> add("outage", name, OUTAGE, outage));
        TargetDay.Before before = target.before();
        add(BEFORE, name, AVAILABILITY, before.availability());
        add(BEFORE, name, SEEN, new Seen(before.probes(), before.roundTrips()));
        add(BEFORE, name, "counted by hours", before.counted() ? "yes" : "no");
    }

    private void machine(SiteDay.MachineDay machine) {
        String name = machine.fullName();
        add("machine", name, RUNS, machine.runs());
        add("machine", name, "suspected", Long.toString(machine.suspected()));
        add(BEFORE + " machine", name, RUNS, machine.before());
        add(BEFORE + " machine", name, "suspected", Long.toString(machine.suspectedBefore()));
    }

    private <T> void add(String section, String name, List<Measure<T>> measures, T thing) {
        add(section, name, "", measures, thing);
    }

    private <T> void add(String section, String name, String prefix, List<Measure<T>> measures, T thing) {
        for (Measure<T> measure : measures) {
            String value = measure.value().of(thing);
            if (value != null) {
                add(section, name, prefix + measure.name(), value);
            }
        }
    }

    private void add(String section, String name, String measure, String value) {
        rows.add(new Row(section, OneLine.printable(name), OneLine.printable(measure), OneLine.printable(value)));
    }
}
