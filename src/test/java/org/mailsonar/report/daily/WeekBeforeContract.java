package org.mailsonar.report.daily;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.host.HostSample;
import org.mailsonar.report.daily.WeekBefore.Silent;
import org.mailsonar.site.Path;
import org.mailsonar.site.PathRun;

/** What a report tells of the seven days before its day, from every database. */
abstract class WeekBeforeContract {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private DayBook book;

    /** An empty one. */
    abstract DayBook open() throws Exception;

    @BeforeEach
    void openBook() throws Exception {
        book = open();
    }

    @AfterEach
    void closeBook() {
        book.close();
    }

    private DailyReport report() {
        return book.report(HandMadeDay.DAY, HandMadeDay.NOW);
    }

    private static String text(DailyReport report) {
        return ReportTemplates.render(report, ReportFormat.TEXT);
    }

    private void run(String mta, Instant at, @Nullable Duration total) {
        boolean good = total != null;
        book.add(new PathRun(
                "site",
                new Path("store1", mta, "mmp1"),
                at,
                Duration.ofMillis(100),
                good ? Duration.ofMillis(150) : null,
                total,
                good ? State.GOOD : State.FAILING,
                good ? "" : "no",
                List.of()));
    }

    private void look(String target, Instant at) {
        book.add(new CheckRecord(target, "sydney", "x", State.GOOD, "", at, Duration.ofMillis(20), null));
    }

    private void sample(String host, Instant at, String... measures) {
        for (String measure : measures) {
            book.add(new HostSample(host, at, Map.of(measure, 10.0)));
        }
    }

    @Test
    void the_hand_made_week_has_the_figures_that_were_worked_out_for_it() {
        HandMadeDay.fill(book);
        DailyReport report = report();

        SiteDay.PathDay slower = report.site().paths().get(0);
        assertThat(slower.before().all()).isEqualTo(70);
        assertThat(slower.before().failedPercent()).isEqualTo(OptionalDouble.of(0));
        assertThat(slower.before().total().median()).isEqualTo(Duration.ofMillis(200));
        assertThat(slower.runs().total().median()).isEqualTo(Duration.ofMillis(800));
        assertThat(slower.trends()).containsExactly(Trend.SLOWER);
        SiteDay.MachineDay failing = report.site().machines().get(1);
        assertThat(failing.name()).isEqualTo("mta2");
        assertThat(failing.before().failedPercent()).isEqualTo(OptionalDouble.of(10)); // 7 of 70
        assertThat(failing.before().total().number()).isEqualTo(63);
        assertThat(failing.suspectedBefore()).isEqualTo(7);
        assertThat(failing.trends()).containsExactly(Trend.FAILS_MORE);
        HostDay.Measured cpu = report.hosts().getFirst().measures().getFirst();
        assertThat(cpu.before())
                .isEqualTo(new HostDay.Before(7, 23.0, 26.0, List.of(20.0, 21.0, 22.0, 23.0, 24.0, 25.0, 26.0)));
        assertThat(cpu.trends()).containsExactly(Trend.HIGHER);
        assertThat(report.hosts().getFirst().measures().get(1).trends()).isEmpty();
        CheckDay check = report.checks().getFirst();
        assertThat(check.before().all()).isEqualTo(168);
        assertThat(check.before().notGoodPercent()).isEqualTo(OptionalDouble.of(100.0 / 24));
        assertThat(check.before().notGood()).isEqualTo(Duration.ofHours(7));
        assertThat(check.before().took().median()).isEqualTo(Duration.ofMillis(20));
        assertThat(check.trends()).isEmpty();
    }

    @Test
    void an_hour_is_compared_with_the_same_one_of_the_days_before() {
        book.target("company");
        for (int hour = -168; hour < 24; hour++) {
            book.returned("company", "sydney", HandMadeDay.at(hour, 0), Duration.ofSeconds(Math.floorMod(hour, 24)));
        }
        DailyReport.HourOfDay hour = report().hours().get(7);

        assertThat(hour.before())
                .isEqualTo(new RoundTrips(
                        7,
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(7),
                        false));
    }

    @Test
    void an_hour_is_what_clocks_call_it_also_when_they_were_put_back_in_between() {
        ReportDay day = new ReportDay(LocalDate.of(2026, 10, 28), BERLIN); // put back on the 25th
        book.target("company");
        for (ReportDay before : day.daysBefore()) {
            for (Instant hour : before.hours()) {
                book.returned(
                        "company",
                        "sydney",
                        hour.plusSeconds(60),
                        Duration.ofSeconds(1 + hour.atZone(BERLIN).getHour()));
            }
        }
        List<DailyReport.HourOfDay> hours = book.report(day, HandMadeDay.NOW).hours();

        for (int hour = 0; hour < 24; hour++) {
            RoundTrips before = hours.get(hour).before();
            assertThat(before.number()).isEqualTo(hour == 2 ? 8 : 7);
            assertThat(before.median()).isEqualTo(Duration.ofSeconds(1 + hour));
            assertThat(before.worst()).isEqualTo(Duration.ofSeconds(1 + hour));
        }
    }

    @Test
    void both_hours_of_one_name_are_compared_with_the_one_of_the_days_before() {
        ReportDay day = new ReportDay(LocalDate.of(2026, 10, 25), BERLIN);
        book.target("company");
        book.returned("company", "sydney", Instant.parse("2026-10-24T00:30:00Z"), Duration.ofSeconds(2)); // 02:30
        List<DailyReport.HourOfDay> hours = book.report(day, HandMadeDay.NOW).hours();

        assertThat(hours)
                .filteredOn(hour -> hour.before().number() > 0)
                .extracting(hour -> day.clock(hour.begin()))
                .containsExactly("02:00", "02:00");
    }

    @Test
    void an_hour_of_which_hours_alone_are_kept_is_told_as_a_bound() {
        book.target("company");
        book.returned("company", "sydney", HandMadeDay.at(-24 * 5 + 7, 0), Duration.ofMillis(500));
        while (book.store().tidy(HandMadeDay.at(0, 0), Duration.ofHours(24), Duration.ofDays(700)) > 0) {
            // goes on until nothing is left to do
        }
        DailyReport report = report();

        assertThat(report.hours().get(7).before().medianText()).isEqualTo("≤ 0.500 s");
        assertThat(report.isCounted()).isTrue();
    }

    @Test
    void what_is_new_on_the_day_has_a_dash_and_no_mark() {
        for (int i = 0; i < 20; i++) {
            run("mta1", HandMadeDay.at(1, i), i < 10 ? null : Duration.ofSeconds(9));
            look("company", HandMadeDay.at(1, i));
            sample("mta1", HandMadeDay.at(i, 0), "queue_active");
        }
        DailyReport report = report();

        assertThat(report.isAnythingChanged()).isFalse();
        assertThat(report.week()).isEqualTo(new WeekBefore(HandMadeDay.DAY.weekFrom(), null, null, null, List.of()));
        assertThat(text(report).lines())
                .anyMatch(line -> line.matches("store1 by mta1 .* 9\\.000 s +– +– +–"))
                .anyMatch(line -> line.matches("MTA mta1 .* 9\\.000 s +– +– +–"))
                .anyMatch(line -> line.matches("  queue_active .* 10 +– +–"))
                .anyMatch(line -> line.matches("  x .* 0\\.020 s +– +–"))
                .noneMatch(line -> line.contains("Of the week before"));
        assertThat(ReportTemplates.render(report, ReportFormat.CSV))
                .contains("week before path,site: store1 by mta1 and mmp1,runs,0\r\n")
                .doesNotContain("week before host", "first run");
    }

    @Test
    void what_was_kept_no_more_is_not_counted_and_the_report_says_so() {
        Duration kept = Duration.between(HandMadeDay.at(-60, 0), HandMadeDay.NOW);
        for (int hour = -167; hour < 24; hour++) {
            run("mta1", HandMadeDay.at(hour, 0), Duration.ofSeconds(hour < -60 ? 90 : 1));
            look("company", HandMadeDay.at(hour, 0));
            sample("mta1", HandMadeDay.at(hour, 0), "queue_active");
        }
        DailyReport report = book.report(HandMadeDay.DAY, HandMadeDay.NOW, kept);

        assertThat(report.site().paths().getFirst().before().all()).isEqualTo(60);
        assertThat(report.site().paths().getFirst().before().total().worst()).isEqualTo(Duration.ofSeconds(1));
        assertThat(report.checks().getFirst().before().all()).isEqualTo(60);
        assertThat(report.hosts().getFirst().measures().getFirst().before().samples())
                .isEqualTo(60);
        String note = "Of the week before, nothing is known until 2026-11-17 12:00.";
        assertThat(text(report).lines().filter(line -> line.strip().equals(note)))
                .hasSize(3);
        assertThat(ReportTemplates.render(report, ReportFormat.HTML)).contains(note);
        assertThat(ReportTemplates.render(report, ReportFormat.CSV))
                .contains("report,,first run of the week before,2026-11-17T12:00:00.000Z\r\n");
        assertThat(text(report())).doesNotContain(note);
        assertThat(report().site().paths().getFirst().before().all()).isEqualTo(167);
    }

    @Test
    void nothing_is_said_of_a_week_of_which_nothing_is_kept() {
        Duration kept = Duration.between(HandMadeDay.at(3, 0), HandMadeDay.NOW);
        for (int hour = -20; hour < 24; hour++) {
            run("mta1", HandMadeDay.at(hour, 0), Duration.ofSeconds(1));
        }
        DailyReport report = book.report(HandMadeDay.DAY, HandMadeDay.NOW, kept);

        assertThat(report.site().paths().getFirst().before().all()).isZero();
        assertThat(report.site().paths().getFirst().runs().all()).isEqualTo(24);
        assertThat(report.week().paths()).isNull();
    }

    @Test
    void a_monitor_that_began_in_the_week_says_since_when_it_knows() {
        for (int hour = -30; hour < 24; hour++) {
            look("company", HandMadeDay.at(hour, 0));
        }
        assertThat(text(report())).contains("  Of the week before, nothing is known until 2026-11-18 18:00.");
    }

    @Test
    void a_day_that_was_not_over_an_hour_ago_does_not_say_that_hosts_are_lower_at_night() {
        for (int hour = -168; hour < 3; hour++) {
            double busy = Math.floorMod(hour, 24) < 7 ? 1 : 50;
            book.add(new HostSample("mta1", HandMadeDay.at(hour, 0), Map.of("cpu_user", busy)));
        }
        DailyReport report = book.report(HandMadeDay.DAY, HandMadeDay.at(3, 0));

        assertThat(report.hosts().getFirst().measures().getFirst().average()).isEqualTo(1);
        assertThat(report.isAnythingChanged()).isFalse();
    }

    @Test
    void what_was_there_in_the_week_alone_is_no_row_and_is_named_with_its_last_sign() {
        run("mta1", HandMadeDay.at(1, 0), Duration.ofSeconds(1));
        run("mta2", HandMadeDay.at(-50, 0), Duration.ofSeconds(1));
        run("mta2", HandMadeDay.at(-49, 0), Duration.ofSeconds(1));
        sample("mta1", HandMadeDay.at(-5, 0), "cpu_user", "queue_active");
        sample("mta1", HandMadeDay.at(5, 0), "cpu_user");
        sample("mta2", HandMadeDay.at(-48, 0), "cpu_user", "queue_active");
        look("company", HandMadeDay.at(-3, 0));
        DailyReport report = report();

        assertThat(report.site().paths()).hasSize(1);
        assertThat(report.hosts()).extracting(HostDay::host).containsExactly("mta1");
        assertThat(report.hosts().getFirst().measures()).hasSize(1);
        assertThat(report.checks()).isEmpty();
        assertThat(report.week().silent())
                .containsExactly(
                        new Silent("machine", "site: MTA mta2", HandMadeDay.at(-49, 0)),
                        new Silent("measure", "mta1: queue_active", HandMadeDay.at(-5, 0)),
                        new Silent("host", "mta2", HandMadeDay.at(-48, 0)),
                        new Silent("check", "company: x from sydney", HandMadeDay.at(-3, 0)));
        assertThat(text(report)).contains("\nHEARD OF IN THE WEEK BEFORE, AND NOT ON THIS DAY\n");
        assertThat(ReportTemplates.render(report, ReportFormat.CSV))
                .contains("silent,host mta2,last,2026-11-18T00:00:00.000Z\r\n");
    }

    @Test
    void a_path_is_named_where_its_machines_are_there() {
        book.add(way("store1", "mta1", HandMadeDay.at(1, 0)));
        book.add(way("store2", "mta2", HandMadeDay.at(1, 0)));
        book.add(way("store1", "mta2", HandMadeDay.at(-9, 0)));

        assertThat(report().week().silent())
                .containsExactly(new Silent("path", "site: store1 by mta2 and " + "store1", HandMadeDay.at(-9, 0)));
    }

    private static PathRun way(String store, String mta, Instant at) {
        Path path = new Path(store, mta, store);
        return new PathRun("site", path, at, null, null, null, State.UNKNOWN, "", List.of());
    }

    @Test
    void of_many_that_are_silent_thirty_are_shown_and_the_others_counted() {
        for (int i = 0; i < 33; i++) {
            look("t" + i, HandMadeDay.at(-3, i));
        }
        DailyReport report = report();

        assertThat(text(report)).contains("\n  and 3 more");
        assertThat(ReportTemplates.render(report, ReportFormat.HTML)).contains("And 3 more.");
        assertThat(ReportTemplates.render(report, ReportFormat.CSV).lines())
                .filteredOn(line -> line.startsWith("silent,"))
                .hasSize(33);
    }

    @Test
    void of_a_day_that_clocks_were_put_back_before_nothing_is_told_and_the_week_stays() {
        HandMadeDay.fill(book);
        DailyReport report = book.report(HandMadeDay.DAY, HandMadeDay.at(-1, 0));

        assertThat(report.site().paths()).isEmpty();
        assertThat(report.hosts()).isEmpty();
        assertThat(report.checks()).isEmpty();
        assertThat(report.hours().getFirst().before().number()).isEqualTo(9); // 7 of company, 2 of standby
        assertThat(text(report)).contains("AND NOT YET ON THIS DAY");
    }
}
