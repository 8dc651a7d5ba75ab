package org.mailsonar.report.daily;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.roundtrip.MonitorSettings;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.verdict.Verdict.State;

/** What a report tells, from every database. */
abstract class ReportContract {

    private static final Instant NOON = HandMadeDay.at(12, 0);

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

    private static TargetDay target(DailyReport report, String name) {
        return report.targets().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_hand_made_day_has_the_figures_that_were_worked_out_for_it() {
        HandMadeDay.fill(book);
        TargetDay company = target(report(), "company");

        assertThat(company.probes()).isEqualTo(new ProbeCounts(21, 11, 1, 2, 0, 0, 0, 0, 0, 0, 0, 1));
        assertThat(company.roundTrips())
                .isEqualTo(new RoundTrips(
                        21,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(19),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        false));
        Duration down = Duration.ofHours(3).plusSeconds(1);
        assertThat(company.availability())
                .isEqualTo(new Availability(
                        Duration.ofHours(24).minus(down),
                        Duration.ZERO,
                        down,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO));
        assertThat(Figures.percent(company.availability().percent())).isEqualTo("87.49 %"); // 75,599 of 86,400 s
        assertThat(Figures.percent(company.probes().percent())).isEqualTo("87.50 %"); // 21 of 24
        assertThat(company.outages())
                .containsExactly(new TargetDay.Outage(
                        HandMadeDay.at(20, 0),
                        HandMadeDay.at(23, 0).plusSeconds(1),
                        down,
                        Duration.ZERO,
                        true,
                        "lost twice"));
        assertThat(company.vantages()).isEmpty();
        assertThat(company.before().roundTrips().number()).isEqualTo(168);
        assertThat(company.before().roundTrips().median()).isEqualTo(Duration.ofMillis(500));
        assertThat(company.before().availability().percent()).isEqualTo(OptionalDouble.of(100));
        assertThat(company.before().counted()).isFalse();
        assertThat(company.hours().get(7).roundTrips().median()).isEqualTo(Duration.ofSeconds(8));
    }

    @Test
    void what_is_not_applicable_or_inconclusive_is_left_out_of_the_base_and_told_apart() {
        HandMadeDay.fill(book);
        TargetDay standby = target(report(), "standby");

        assertThat(standby.availability())
                .isEqualTo(new Availability(
                        Duration.ofHours(21),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofHours(1),
                        Duration.ofHours(2),
                        Duration.ZERO));
        // 48 in all: two hours of both in maintenance, one lost, one inconclusive; times of the former are measured.
        assertThat(standby.probes()).isEqualTo(new ProbeCounts(42, 0, 0, 1, 0, 0, 0, 0, 1, 0, 4, 0));
        assertThat(standby.roundTrips().number()).isEqualTo(46);
        assertThat(standby.vantages()).extracting(TargetDay.VantageDay::vantage).containsExactly("perth", "sydney");
        assertThat(report().blind())
                .containsExactly(new DailyReport.Blind(
                        "perth", HandMadeDay.at(8, 0), HandMadeDay.at(9, 0), "the inbox was away"));
    }

    @Test
    void paths_machines_hosts_and_checks_are_counted() {
        HandMadeDay.fill(book);
        DailyReport report = report();

        assertThat(report.site().paths())
                .extracting(path -> path.runs().failed())
                .containsExactly(0L, 10L);
        SiteDay.MachineDay bad = report.site().machines().get(1);
        assertThat(bad.name()).isEqualTo("mta2");
        assertThat(bad.suspected()).isEqualTo(10);
        assertThat(bad.runs().submit().number()).isEqualTo(6);
        assertThat(bad.runs().total()).isEqualTo(RoundTrips.NONE);
        HostDay.Measured queue = report.hosts().getFirst().measures().get(1);
        assertThat(queue.average()).isEqualTo((47 * 10 + 90) / 48.0);
        assertThat(queue.maximum()).isEqualTo(90);
        assertThat(queue.worstHour()).isEqualTo(HandMadeDay.at(10, 0));
        assertThat(queue.worst()).isEqualTo(50);
        CheckDay check = report.checks().getFirst();
        assertThat(check.failed()).isEqualTo(2);
        assertThat(check.notGood()).isEqualTo(Duration.ofHours(2)); // 04:10 to 06:10
        assertThat(check.took().number()).isEqualTo(22);
    }

    @Test
    void of_a_target_without_any_probe_nothing_is_known() {
        book.target("new");
        DailyReport report = report();
        TargetDay target = target(report, "new");

        assertThat(target.availability().percent()).isEmpty();
        assertThat(target.availability().unknown()).isEqualTo(Duration.ofHours(24));
        assertThat(target.probes().percent()).isEmpty();
        assertThat(target.roundTrips()).isEqualTo(RoundTrips.NONE);
        assertThat(report.summary()).isEqualTo("1 target, no outage, of 1 nothing is known");
    }

    @Test
    void losses_alone_are_counted_and_no_time_is_told() {
        book.target("dead");
        for (int hour = 0; hour < 24; hour++) {
            book.ended("dead", "sydney", HandMadeDay.at(hour, 0), new Outcome.Lost());
        }
        book.change("dead", State.DOWN, HandMadeDay.at(-50, 0), HandMadeDay.at(-49, 0), "lost twice");
        TargetDay target = target(report(), "dead");

        assertThat(target.roundTrips()).isEqualTo(RoundTrips.NONE);
        assertThat(target.probes().percent()).isEqualTo(OptionalDouble.of(0));
        assertThat(target.availability().percent()).isEqualTo(OptionalDouble.of(0));
        assertThat(target.outages())
                .containsExactly(new TargetDay.Outage(
                        HandMadeDay.at(-50, 0),
                        null,
                        Duration.ofHours(74),
                        Duration.ofHours(50), // the first probe of it left at 00:00 of the day
                        true,
                        "lost twice"));
        assertThat(ReportTemplates.render(report(), ReportFormat.TEXT)).contains("of which 2 d 2 h not probed");
    }

    @Test
    void a_target_that_has_left_the_file_is_reported_as_long_as_it_was_probed_on_the_day() {
        book.returned("gone", "sydney", NOON, Duration.ofSeconds(1));
        book.returned("long-gone", "sydney", HandMadeDay.at(-30, 0), Duration.ofSeconds(1));
        book.standing("gone", State.HEALTHY, HandMadeDay.at(-900, 0));
        DailyReport report = report();

        assertThat(report.targets()).extracting(TargetDay::name).containsExactly("gone");
        assertThat(target(report, "gone").configured()).isFalse();
        // Known for two of the usual intervals and a time-out, 50 minutes, behind its one probe.
        assertThat(target(report, "gone").availability().up()).isEqualTo(Duration.ofMinutes(50));
        assertThat(target(report, "gone").availability().unknown()).isEqualTo(Duration.ofMinutes(24 * 60 - 50));
    }

    @Test
    void while_nothing_was_probed_an_old_verdict_proves_nothing() {
        book.target("company");
        book.standing("company", State.HEALTHY, HandMadeDay.at(-900, 0));
        for (int hour = -10; hour < 24; hour++) {
            if (hour < 6 || hour >= 18) { // the monitor was off from 06 until 18; a probe tells for 2 h 1 min
                book.returned("company", "sydney", HandMadeDay.at(hour, 0), Duration.ofSeconds(1));
            }
        }
        Availability availability = target(report(), "company").availability();

        assertThat(availability.unknown()).isEqualTo(Duration.ofMinutes(13 * 60 - 121));
        assertThat(availability.percent()).isEqualTo(OptionalDouble.of(100));
    }

    @Test
    void a_blind_monitor_is_reported_as_blind_and_not_as_an_outage() {
        book.target("company");
        for (int hour = 0; hour < 24; hour++) {
            book.ended("company", "sydney", HandMadeDay.at(hour, 0), new Outcome.Inconclusive("its inbox was away"));
        }
        book.change("company", State.INCONCLUSIVE, HandMadeDay.at(-1, 0), HandMadeDay.at(-1, 0), "its inbox was away");
        book.blind("sydney", HandMadeDay.at(-5, 0), HandMadeDay.at(30, 0), "its inbox was away");
        DailyReport report = report();

        assertThat(target(report, "company").outages()).isEmpty();
        assertThat(target(report, "company").availability().percent()).isEmpty();
        assertThat(target(report, "company").availability().inconclusive()).isEqualTo(Duration.ofHours(24));
        assertThat(target(report, "company").probes().inconclusive()).isEqualTo(24);
        assertThat(report.blind())
                .containsExactly(new DailyReport.Blind(
                        "sydney", HandMadeDay.at(0, 0), HandMadeDay.at(24, 0), "its inbox was away"));
    }

    @Test
    void what_was_held_back_while_it_flapped_is_not_what_people_were_told() {
        book.target("company");
        for (int hour = -1; hour < 24; hour++) {
            book.returned("company", "sydney", HandMadeDay.at(hour, 0), Duration.ofSeconds(1));
        }
        book.change("company", State.DOWN, HandMadeDay.at(1, 0), HandMadeDay.at(1, 0), "lost twice");
        book.change("company", State.HEALTHY, HandMadeDay.at(2, 0), HandMadeDay.at(2, 0), "", true);
        book.change("company", State.HEALTHY, HandMadeDay.at(3, 0), HandMadeDay.at(3, 0), "");

        assertThat(target(report(), "company").availability().down()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void a_day_of_25_hours_has_25_and_two_that_are_called_two() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ReportDay day = new ReportDay(LocalDate.of(2026, 10, 25), berlin);
        book.target("company");
        book.standing("company", State.HEALTHY, day.weekFrom());
        for (Instant sent = day.from().minusSeconds(1_800);
                sent.isBefore(day.until().plusSeconds(7_200)); ) {
            book.returned("company", "sydney", sent, Duration.ofSeconds(1));
            sent = sent.plusSeconds(1_800);
        }
        TargetDay target = target(book.report(day, HandMadeDay.NOW), "company");

        assertThat(target.probes().all()).isEqualTo(50);
        assertThat(target.availability().up()).isEqualTo(Duration.ofHours(25));
        assertThat(target.hours()).hasSize(25).allMatch(hour -> hour.probes().all() == 2);
        assertThat(target.hours().stream()
                        .filter(hour -> day.clock(hour.begin()).equals("02:00")))
                .hasSize(2);
    }

    @Test
    void of_a_day_that_is_not_over_nothing_is_said_of_the_rest() {
        book.target("company");
        book.standing("company", State.HEALTHY, HandMadeDay.at(-900, 0));
        for (int hour = -1; hour < 12; hour++) {
            book.returned("company", "sydney", HandMadeDay.at(hour, 0), Duration.ofSeconds(1));
        }
        book.entered("company", "sydney", NOON.minusSeconds(5));
        DailyReport report = book.report(HandMadeDay.DAY, NOON);
        TargetDay target = target(report, "company");

        assertThat(report.isUnfinished()).isTrue();
        assertThat(target.availability().up()).isEqualTo(Duration.ofHours(12));
        assertThat(target.availability().unknown()).isZero();
        assertThat(target.probes().inFlight()).isEqualTo(1);
        assertThat(target.probes().percent()).isEqualTo(OptionalDouble.of(100));
    }

    @Test
    void the_week_before_is_told_from_counted_hours_where_single_probes_are_gone_and_this_is_said() {
        book.target("company");
        book.standing("company", State.HEALTHY, HandMadeDay.at(-900, 0));
        for (int hour = -168; hour < 24; hour++) {
            Instant sent = HandMadeDay.at(hour, 0);
            if (hour == -100) {
                book.ended("company", "sydney", sent, new Outcome.Lost());
            } else {
                book.returned("company", "sydney", sent, Duration.ofMillis(500));
            }
        }
        tidy(
                HandMadeDay.at(0, 0),
                Duration.ofHours(24)); // what was sent from 24 hours before the day on stays: 144 of the 168 go
        DailyReport report = report();
        TargetDay.Before before = target(report, "company").before();

        assertThat(before.counted()).isTrue();
        assertThat(before.probes()).isEqualTo(new ProbeCounts(167, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(before.roundTrips().medianText()).isEqualTo("≤ 0.500 s"); // the longest of the hour
        assertThat(before.availability().percent()).isEqualTo(OptionalDouble.of(100));
        assertThat(target(report, "company").roundTrips().counted()).isFalse();
        assertThat(ReportTemplates.render(report, ReportFormat.TEXT))
                .contains("≤: single probes of that time are gone");
    }

    @Test
    void what_came_back_late_is_no_round_trip_also_where_hours_alone_are_kept() {
        book.target("company");
        book.standing("company", State.HEALTHY, HandMadeDay.at(-900, 0));
        for (int second : new int[] {1, 2, 200}) { // late after a minute
            book.returned("company", "sydney", HandMadeDay.at(-100, second), Duration.ofSeconds(second));
        }
        book.returned("company", "sydney", HandMadeDay.at(1, 0), Duration.ofSeconds(1));
        book.returned("company", "sydney", HandMadeDay.at(2, 0), Duration.ofSeconds(61));
        assertThat(target(report(), "company").before().roundTrips().worst()).isEqualTo(Duration.ofSeconds(2));
        tidy(HandMadeDay.at(0, 0), Duration.ofHours(24));
        TargetDay target = target(report(), "company");

        assertThat(target.roundTrips().number()).isEqualTo(1);
        assertThat(target.roundTrips().worst()).isEqualTo(Duration.ofSeconds(1));
        assertThat(target.before().probes().late()).isEqualTo(1);
        assertThat(target.before().roundTrips().number()).isEqualTo(2);
        assertThat(target.before().roundTrips().worst()).isLessThan(Duration.ofSeconds(60));
    }

    private void tidy(Instant now, Duration probes) {
        while (book.store().tidy(now, probes, Duration.ofDays(700)) > 0) {
            // goes on until nothing is left to do
        }
    }

    @Test
    void of_a_time_whose_verdicts_are_kept_no_more_no_availability_is_made_up() {
        book.target("company");
        book.standing("company", State.HEALTHY, HandMadeDay.at(20, 0));
        for (int hour = -168; hour < 24; hour++) {
            book.returned("company", "sydney", HandMadeDay.at(hour, 0), Duration.ofSeconds(11));
        }
        Duration kept = Duration.between(NOON, HandMadeDay.NOW);
        tidy(HandMadeDay.NOW, kept);
        DailyReport report = book.report(HandMadeDay.DAY, HandMadeDay.NOW, kept);
        TargetDay target = target(report, "company");

        assertThat(target.availability().unknown()).isEqualTo(Duration.ofHours(12));
        assertThat(target.availability().up()).isEqualTo(Duration.ofHours(12));
        assertThat(target.before().availability().percent()).isEmpty();
        assertThat(target.probes().all()).isEqualTo(24);
        assertThat(ReportTemplates.render(report, ReportFormat.TEXT).lines())
                .filteredOn(line -> line.matches("company +24 +24 .*"))
                .singleElement()
                .asString()
                .matches("company +24 +24( +–){10}");
        assertThat(ReportTemplates.render(report, ReportFormat.CSV))
                .doesNotContain("target,company,probes slow")
                .contains("target,company,probes late,0");
    }

    @Test
    void what_was_probed_just_before_the_week_tells_of_its_beginning() {
        book.target("company");
        book.standing("company", State.HEALTHY, HandMadeDay.at(-900, 0));
        for (int hour = -168; hour <= 24; hour += 2) {
            book.returned("company", "sydney", HandMadeDay.at(hour - 1, 0), Duration.ofSeconds(1));
        }

        assertThat(target(report(), "company").before().availability().unknown())
                .isZero();
        assertThat(target(report(), "company").before().probes().all()).isEqualTo(84);
    }

    @Test
    void a_check_that_runs_seldom_was_not_good_until_the_next_time() {
        book.target("company"); // each hour
        for (int minute : new int[] {0, 100, 300}) {
            CheckResult.State state = minute == 300 ? CheckResult.State.GOOD : CheckResult.State.WARNING;
            for (String name : List.of("company", "gone")) {
                book.add(new CheckRecord(
                        name, "sydney", "x", state, "", HandMadeDay.at(1, minute), Duration.ofMillis(1), null));
            }
        }

        assertThat(report().checks())
                .extracting(CheckDay::notGood)
                .containsExactly(Duration.ofMinutes(100 + 120), Duration.ofMinutes(60 + 60));
    }

    @Test
    void the_monitors_probes_to_itself_are_no_target() {
        book.returned(MonitorSettings.SELF, "sydney", NOON, Duration.ofMillis(3));

        assertThat(report().targets()).isEmpty();
    }
}
