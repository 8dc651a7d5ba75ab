package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.verdict.Verdict.State.DOWN;
import static org.mailsonar.verdict.Verdict.State.FAILING;
import static org.mailsonar.verdict.Verdict.State.HEALTHY;
import static org.mailsonar.verdict.Verdict.State.INCONCLUSIVE;
import static org.mailsonar.verdict.Verdict.State.NOT_APPLICABLE;
import static org.mailsonar.verdict.Verdict.State.SLOW;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.lab.Poll;

class AnnouncerTest {

    private static final Rule ALL = Rule.of("all", List.of("pager"));
    private static final QuietHours QUIET = new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0), ZoneOffset.UTC);

    @Test
    void a_target_that_goes_down_and_comes_back_is_told_once_each() {
        try (TellingDesk desk = new TellingDesk(ALL)) {
            desk.change("company", DOWN);
            desk.pass(Duration.ofMinutes(30));
            desk.change("company", HEALTHY);
            desk.pass(Duration.ofMinutes(30));

            assertThat(desk.told).containsExactly("pager: CHANGE company down", "pager: CHANGE company healthy");
            assertThat(desk.outbox.waiting()).isZero();
        }
    }

    @Test
    void failing_is_told_only_after_it_lasted() {
        try (TellingDesk desk = new TellingDesk(ALL)) {
            desk.change("company", FAILING);
            desk.pass(Duration.ofMinutes(59));
            assertThat(desk.told).isEmpty();

            desk.pass(Duration.ofMinutes(2));
            assertThat(desk.told).containsExactly("pager: CHANGE company failing");
        }
    }

    @Test
    void failing_that_ends_before_is_never_told_and_neither_is_its_end() {
        try (TellingDesk desk = new TellingDesk(ALL)) {
            desk.change("company", FAILING);
            desk.pass(Duration.ofMinutes(10));
            desk.change("company", HEALTHY);
            desk.pass(Duration.ofHours(3));

            assertThat(desk.told).isEmpty();
            assertThat(desk.outbox.waiting()).isZero();
        }
    }

    @Test
    void failing_that_becomes_down_is_told_as_down_at_once_and_alone() {
        try (TellingDesk desk = new TellingDesk(ALL)) {
            desk.change("company", FAILING);
            desk.pass(Duration.ofMinutes(10));
            desk.change("company", DOWN);
            desk.look();
            assertThat(desk.told).containsExactly("pager: CHANGE company down");

            desk.pass(Duration.ofHours(3));
            assertThat(desk.told).hasSize(1);
            assertThat(desk.outbox.waiting()).isZero();
        }
    }

    @Test
    void an_outage_during_which_the_monitor_was_blind_for_a_while_is_told_once() {
        try (TellingDesk desk = new TellingDesk(ALL)) {
            desk.change("company", DOWN);
            desk.pass(Duration.ofMinutes(5));
            desk.change("company", INCONCLUSIVE);
            desk.pass(Duration.ofMinutes(5));
            desk.change("company", DOWN);
            desk.pass(Duration.ofHours(2));

            assertThat(desk.told).containsExactly("pager: CHANGE company down");
        }
    }

    @Test
    void the_end_is_told_only_to_those_who_were_told_of_the_problem() {
        Rule critical = severities(ALL, "critical", Set.of(Severity.CRITICAL), "pager");
        Rule warnings = severities(ALL, "warnings", Set.of(Severity.WARNING), "hook");
        try (TellingDesk desk = new TellingDesk(critical, warnings)) {
            desk.change("company", SLOW);
            desk.pass(Duration.ofSeconds(3));
            desk.change("company", HEALTHY);
            desk.pass(Duration.ofSeconds(3));
            desk.change("company", DOWN);
            desk.pass(Duration.ofSeconds(3));
            desk.change("company", SLOW);
            desk.pass(Duration.ofSeconds(3));
            desk.change("company", HEALTHY);
            desk.pass(Duration.ofSeconds(3));

            assertThat(desk.told)
                    .containsExactlyInAnyOrder(
                            "hook: CHANGE company slow",
                            "hook: CHANGE company healthy",
                            "pager: CHANGE company down",
                            "pager: CHANGE company slow",
                            "hook: CHANGE company slow",
                            "hook: CHANGE company healthy");
        }
    }

    @Test
    void maintenance_ends_a_problem_in_words() {
        try (TellingDesk desk = new TellingDesk(ALL)) {
            desk.change("company", DOWN);
            desk.pass(Duration.ofSeconds(3));
            desk.change("company", NOT_APPLICABLE);
            desk.pass(Duration.ofSeconds(3));
            desk.change("company", HEALTHY);
            desk.pass(Duration.ofSeconds(3));

            assertThat(desk.told).containsExactly("pager: CHANGE company down", "pager: CHANGE company not applicable");
        }
    }

    @Test
    void quiet_hours_hold_a_warning_until_their_end() {
        try (TellingDesk desk = new TellingDesk(quiet(ALL))) {
            desk.change("company", SLOW);
            desk.pass(Duration.ofHours(4));
            assertThat(desk.told).isEmpty();

            desk.pass(Duration.ofHours(1));
            assertThat(desk.told).containsExactly("pager: CHANGE company slow");
        }
    }

    @Test
    void a_warning_that_is_over_before_the_quiet_hours_end_is_not_told_and_neither_is_its_end() {
        try (TellingDesk desk = new TellingDesk(quiet(ALL))) {
            desk.change("company", SLOW);
            desk.pass(Duration.ofHours(1));
            desk.change("company", HEALTHY);
            desk.pass(Duration.ofSeconds(5));
            assertThat(desk.outbox.waiting()).isZero();
            desk.pass(Duration.ofHours(8));

            assertThat(desk.told).isEmpty();
            assertThat(desk.outbox.waiting()).isZero();
        }
    }

    @Test
    void quiet_hours_never_hold_what_is_critical_nor_its_end() {
        try (TellingDesk desk = new TellingDesk(quiet(ALL))) {
            desk.change("company", DOWN);
            desk.look();
            assertThat(desk.told).containsExactly("pager: CHANGE company down");

            desk.change("company", HEALTHY);
            desk.look();
            assertThat(desk.told).hasSize(2);
        }
    }

    @Test
    void a_problem_is_repeated_until_somebody_knows() {
        try (TellingDesk desk = new TellingDesk(repeating(ALL))) {
            desk.change("company", DOWN);
            desk.pass(Duration.ofHours(9));
            assertThat(desk.told)
                    .containsExactly(
                            "pager: CHANGE company down", "pager: REPEAT company down", "pager: REPEAT company down");

            assertThat(desk.outbox.acknowledge(
                            "company", "ann", desk.clock.now().wall()))
                    .isTrue();
            desk.pass(Duration.ofHours(9));
            assertThat(desk.told).hasSize(3);
        }
    }

    @Test
    void what_nobody_acknowledges_escalates_once_and_its_end_is_told_there_too() {
        try (TellingDesk desk = new TellingDesk(escalating(ALL))) {
            desk.change("company", DOWN);
            desk.pass(Duration.ofMinutes(29));
            assertThat(desk.told).containsExactly("pager: CHANGE company down");

            desk.pass(Duration.ofHours(2));
            assertThat(desk.told).containsExactly("pager: CHANGE company down", "boss: ESCALATION company down");

            desk.change("company", HEALTHY);
            desk.pass(Duration.ofSeconds(3));
            assertThat(desk.told.subList(2, desk.told.size()))
                    .containsExactlyInAnyOrder("pager: CHANGE company healthy", "boss: CHANGE company healthy");
        }
    }

    @Test
    void what_is_acknowledged_does_not_escalate_and_its_end_is_not_told_there() {
        try (TellingDesk desk = new TellingDesk(escalating(ALL))) {
            desk.change("company", DOWN);
            desk.pass(Duration.ofMinutes(29));
            desk.outbox.acknowledge("company", "ann", desk.clock.now().wall());
            desk.pass(Duration.ofHours(2));
            desk.change("company", HEALTHY);
            desk.pass(Duration.ofSeconds(3));

            assertThat(desk.told).containsExactly("pager: CHANGE company down", "pager: CHANGE company healthy");
        }
    }

    @Test
    void the_next_way_has_its_turn_at_once_after_three_failures() {
        try (TellingDesk desk = new TellingDesk(Rule.of("all", List.of("pager", "hook")))) {
            desk.breakWay("pager");
            desk.change("company", DOWN);
            desk.pass(Duration.ofMinutes(1));

            assertThat(desk.told)
                    .containsExactly(
                            "pager: CHANGE company down",
                            "pager: CHANGE company down",
                            "pager: CHANGE company down",
                            "hook: CHANGE company down");
            assertThat(desk.log).anyMatch(line -> line.contains("not told by pager") && line.contains("broken"));
        }
    }

    @Test
    void an_undelivered_notice_is_kept_for_days_and_told_in_the_order_of_events() {
        try (TellingDesk desk = new TellingDesk(ALL)) {
            desk.breakWay("pager");
            desk.change("company", DOWN);
            desk.pass(Duration.ofDays(2));
            desk.change("company", HEALTHY);
            desk.pass(Duration.ofHours(1));
            int tried = desk.told.size();
            assertThat(desk.told).containsOnly("pager: CHANGE company down");

            desk.mendWay("pager");
            desk.pass(Duration.ofMinutes(30));
            assertThat(desk.told.subList(tried, desk.told.size()))
                    .containsExactly("pager: CHANGE company down", "pager: CHANGE company healthy");
            assertThat(desk.outbox.waiting()).isZero();
        }
    }

    @Test
    void a_second_outage_is_told_although_the_end_of_the_first_could_not_be() {
        try (TellingDesk desk = new TellingDesk(ALL)) {
            desk.change("company", DOWN);
            desk.look();
            desk.breakWay("pager");
            desk.change("company", HEALTHY);
            desk.pass(Duration.ofMinutes(5));
            desk.mendWay("pager");
            desk.change("company", DOWN);
            int tried = desk.told.size();
            desk.pass(Duration.ofHours(1));

            assertThat(desk.told.subList(tried, desk.told.size())).containsExactly("pager: CHANGE company down");
        }
    }

    @Test
    void a_time_of_uncertainty_neither_ends_the_repeats_nor_escalates_again() {
        try (TellingDesk desk = new TellingDesk(escalating(repeating(ALL)))) {
            desk.change("company", DOWN);
            desk.pass(Duration.ofHours(1));
            desk.change("company", INCONCLUSIVE);
            desk.pass(Duration.ofMinutes(5));
            desk.change("company", DOWN);
            desk.pass(Duration.ofHours(5));

            assertThat(desk.told)
                    .containsExactly(
                            "pager: CHANGE company down",
                            "boss: ESCALATION company down",
                            "pager: REPEAT company down");
        }
    }

    @Test
    void what_is_due_when_the_announcer_ends_is_given_back_at_once() {
        try (TellingDesk desk = new TellingDesk(ALL)) {
            Announcer ended = desk.announcer();
            ended.close();
            desk.change("company", DOWN);
            ended.look();
            assertThat(desk.told).isEmpty();

            desk.look();
            assertThat(desk.told).containsExactly("pager: CHANGE company down");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shop-*, shop-7, true",
        "shop-*, shop-, true",
        "shop-*, my-shop-7, false",
        "*shop*7, ashopb77, true",
        "*, '', true",
        "?, '', false",
        "a?c, abc, true",
        "a.c, abc, false",
        "*a*b, aaab, true",
        "*a*b, aaabc, false"
    })
    void a_pattern_fits_whole_names(String pattern, String name, boolean fits) {
        assertThat(Rule.fits(pattern, name)).isEqualTo(fits);
    }

    @Test
    void several_monitors_tell_a_thing_once() {
        try (TellingDesk desk = new TellingDesk(escalating(repeating(ALL)))) {
            try (Announcer other = desk.announcer()) {
                desk.change("company", DOWN);
                for (int i = 0; i < 100; i++) {
                    desk.look();
                    other.look();
                    Poll.until("the other one", other::isIdle);
                    desk.clock.pass(Duration.ofMinutes(3));
                }
            }
            assertThat(desk.told)
                    .containsExactly(
                            "pager: CHANGE company down",
                            "boss: ESCALATION company down",
                            "pager: REPEAT company down");
        }
    }

    @Test
    void targets_and_tags_choose_the_rule() {
        Rule shops = new Rule(
                "shops",
                List.of("shop-*"),
                List.of("gold", "silver"),
                EnumSet.allOf(Severity.class),
                List.of("hook"),
                null,
                null,
                null,
                Rule.ADVISORY_AFTER);
        Rule lead = new Rule(
                "lead",
                List.of(),
                List.of("lead"),
                EnumSet.allOf(Severity.class),
                List.of("boss"),
                null,
                null,
                null,
                Rule.ADVISORY_AFTER);
        try (TellingDesk desk = new TellingDesk(shops, lead)) {
            desk.change("company", DOWN);
            desk.change("shop-7", DOWN);
            desk.look();

            assertThat(desk.told).containsExactly("hook: CHANGE shop-7 down");
        }
    }

    @Test
    void a_rule_that_is_gone_is_waited_for_and_then_said_so() {
        try (TellingDesk desk = new TellingDesk(ALL)) {
            Chain gone = new Chain("gone", ALL, List.of("pager"), false);
            desk.outbox.announce(
                    desk.change("company", DOWN),
                    List.of(Editor.dispatch(
                            desk.outbox.unannounced(1).getFirst(), gone, Dispatch.Kind.CHANGE, "", Changes.NIGHT)));
            desk.pass(Duration.ofHours(23));
            assertThat(desk.outbox.waiting()).isEqualTo(1);

            desk.pass(Duration.ofHours(2));
            assertThat(desk.outbox.waiting()).isZero();
            assertThat(desk.log).containsExactly("company: not told, since the rule 'gone' is gone");
        }
    }

    private static Rule severities(Rule rule, String name, Set<Severity> severities, String way) {
        return new Rule(
                name,
                rule.targets(),
                rule.tags(),
                severities,
                List.of(way),
                rule.repeat(),
                rule.escalation(),
                rule.quietHours(),
                rule.advisoryAfter());
    }

    private static Rule quiet(Rule rule) {
        return new Rule(
                rule.name(),
                rule.targets(),
                rule.tags(),
                rule.severities(),
                rule.ways(),
                rule.repeat(),
                rule.escalation(),
                QUIET,
                rule.advisoryAfter());
    }

    private static Rule repeating(Rule rule) {
        return new Rule(
                rule.name(),
                rule.targets(),
                rule.tags(),
                rule.severities(),
                rule.ways(),
                Duration.ofHours(4),
                rule.escalation(),
                rule.quietHours(),
                rule.advisoryAfter());
    }

    private static Rule escalating(Rule rule) {
        return new Rule(
                rule.name(),
                rule.targets(),
                rule.tags(),
                rule.severities(),
                rule.ways(),
                rule.repeat(),
                new Rule.Escalation(Duration.ofMinutes(30), List.of("boss")),
                rule.quietHours(),
                rule.advisoryAfter());
    }
}
