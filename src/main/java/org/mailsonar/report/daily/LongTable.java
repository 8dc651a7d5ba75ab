package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.UtcText;

/**
 * A report as one long table of single figures, as its CSV has it: what it is of, of which one, which figure, and its value. Times are in
 * seconds, instants in UTC; what is not known has no row.
 */
public final class LongTable {

    private final List<Row> rows = new ArrayList<>();

    private LongTable() {}

    /**
     * A figure.
     *
     * @param section {@code report}, {@code target}, {@code vantage}, {@code hour}, {@code outage}, {@code week before}, {@code blind}, {@code
     *     path}, {@code machine}, {@code host} or {@code check}
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

    /** All figures of a report. */
    public static List<Row> of(DailyReport report) {
        LongTable table = new LongTable();
        table.add("report", "", "day", report.day().date().toString());
        table.add("report", "", "zone", report.day().zone().getId());
        table.add("report", "", "from", UtcText.millis(report.day().from()));
        table.add("report", "", "until", UtcText.millis(report.until()));
        table.add("report", "", "vantage", report.by());
        report.targets().forEach(table::target);
        for (DailyReport.HourOfDay hour : report.hours()) {
            table.probes("hour", UtcText.millis(hour.begin()), hour.probes(), hour.roundTrips());
            table.trips("hour", UtcText.millis(hour.begin()), "round trip", hour.roundTrips());
        }
        for (DailyReport.Blind blind : report.blind()) {
            table.stretch("blind", blind.vantage(), blind.from(), blind.until());
            table.add("blind", blind.vantage(), "reason", blind.why());
        }
        report.site().paths().forEach(path -> table.runs("path", path.site() + ": " + path.path(), path.runs()));
        report.site().machines().forEach(machine -> {
            String name = machine.site() + ": " + machine.kind() + " " + machine.name();
            table.runs("machine", name, machine.runs());
            table.count("machine", name, "suspected", machine.suspected());
        });
        report.hosts().forEach(table::host);
        report.checks().forEach(table::check);
        return List.copyOf(table.rows);
    }

    private void target(TargetDay target) {
        String name = target.name();
        add("target", name, "configured", target.configured() ? "yes" : "no");
        availability("target", name, target.availability());
        probes("target", name, target.probes(), target.roundTrips());
        trips("target", name, "round trip", target.roundTrips());
        for (TargetDay.VantageDay one : target.vantages()) {
            probes("vantage", name + " from " + one.vantage(), one.probes(), one.roundTrips());
            trips("vantage", name + " from " + one.vantage(), "round trip", one.roundTrips());
        }
        for (TargetDay.Outage outage : target.outages()) {
            stretch("outage", name, outage.begin(), outage.end());
            seconds("outage", name, "length", outage.length());
            seconds("outage", name, "not probed", outage.notProbed());
            add("outage", name, "verdict", outage.proven() ? "down" : "failing");
            add("outage", name, "cause", outage.cause());
        }
        availability("week before", name, target.before().availability());
        probes("week before", name, target.before().probes(), target.before().roundTrips());
        trips("week before", name, "round trip", target.before().roundTrips());
        add("week before", name, "counted by hours", target.before().counted() ? "yes" : "no");
    }

    private void availability(String section, String name, Availability availability) {
        percent(section, name, "time up percent", availability.percent());
        seconds(section, name, "up", availability.up());
        seconds(section, name, "slow", availability.slow());
        seconds(section, name, "down", availability.down());
        seconds(section, name, "inconclusive", availability.inconclusive());
        seconds(section, name, "not applicable", availability.notApplicable());
        seconds(section, name, "not probed", availability.unknown());
    }

    /** What hours do not count is left out where some are all that is known. */
    private void probes(String section, String name, ProbeCounts probes, RoundTrips trips) {
        percent(section, name, "probes in time percent", probes.percent());
        count(section, name, "probes", probes.all());
        count(section, name, "probes in time", probes.inTime());
        if (!trips.counted()) {
            count(section, name, "probes slow", probes.slow());
        }
        count(section, name, "probes late", probes.late());
        count(section, name, "probes lost", probes.lost());
        count(section, name, "probes refused", probes.refused());
        count(section, name, "probes bounced", probes.bounced());
        count(section, name, "probes deferred", probes.deferred());
        count(section, name, "probes not sent", probes.sendFailed());
        count(section, name, "probes inconclusive", probes.inconclusive());
        count(section, name, "probes in flight", probes.inFlight());
        if (!trips.counted()) {
            count(section, name, "probes not applicable", probes.notApplicable());
            count(section, name, "duplicates", probes.duplicates());
        }
    }

    private void trips(String section, String name, String what, RoundTrips trips) {
        count(section, name, what + " number", trips.number());
        seconds(section, name, what + " median", trips.median());
        seconds(section, name, what + " p95", trips.p95());
        seconds(section, name, what + " p99", trips.p99());
        seconds(section, name, what + " worst", trips.worst());
    }

    private void runs(String section, String name, SiteDay.Runs runs) {
        count(section, name, "runs", runs.all());
        count(section, name, "slow", runs.slow());
        count(section, name, "failed", runs.failed());
        count(section, name, "not tried", runs.untried());
        trips(section, name, "submit", runs.submit());
        trips(section, name, "retrieve", runs.retrieve());
        trips(section, name, "total", runs.total());
    }

    private void host(HostDay host) {
        for (HostDay.Measured measured : host.measures()) {
            add("host", host.host(), measured.name() + " average", plain(measured.average()));
            add("host", host.host(), measured.name() + " maximum", plain(measured.maximum()));
            add("host", host.host(), measured.name() + " worst hour", UtcText.millis(measured.worstHour()));
            add("host", host.host(), measured.name() + " average of worst hour", plain(measured.worst()));
        }
    }

    private void check(CheckDay check) {
        String name = check.target() + ": " + check.name() + " from " + check.vantage();
        count("check", name, "checks", check.all());
        count("check", name, "failed", check.failed());
        count("check", name, "warning", check.warned());
        count("check", name, "unknown", check.unknown());
        seconds("check", name, "not good", check.notGood());
        trips("check", name, "took", check.took());
    }

    private void stretch(String section, String name, Instant from, @Nullable Instant until) {
        add(section, name, "from", UtcText.millis(from));
        if (until != null) {
            add(section, name, "until", UtcText.millis(until));
        }
    }

    private void percent(String section, String name, String measure, OptionalDouble percent) {
        if (percent.isPresent()) {
            add(section, name, measure, String.format(Locale.ROOT, "%.4f", percent.getAsDouble()));
        }
    }

    private void seconds(String section, String name, String measure, @Nullable Duration time) {
        if (time != null) {
            add(section, name, measure + " seconds", String.format(Locale.ROOT, "%.6f", time.toNanos() / 1e9));
        }
    }

    private void count(String section, String name, String measure, long number) {
        add(section, name, measure, Long.toString(number));
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private void add(String section, String name, String measure, String value) {
        rows.add(new Row(section, OneLine.printable(name), measure, OneLine.printable(value)));
    }
}
