package org.mailsonar.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.verdict.Verdict.State.DOWN;
import static org.mailsonar.verdict.Verdict.State.FAILING;
import static org.mailsonar.verdict.Verdict.State.HEALTHY;
import static org.mailsonar.verdict.Verdict.State.INCONCLUSIVE;
import static org.mailsonar.verdict.Verdict.State.NOT_APPLICABLE;
import static org.mailsonar.verdict.Verdict.State.SLOW;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;

class TextsTest {

    private static final Instant NIGHT = Changes.NIGHT;

    @Test
    void down_says_target_since_when_cause_votes_last_round_trip_and_command() {
        assertThat(Changes.notice(DOWN).line())
                .isEqualTo("company is DOWN since 02:14 UTC: two probes in a row did not come back within 10 min."
                        + " Vantages: 2 of 3, needs 2. Last round trip 1.4 s at 01:54 UTC. mailsonar history company");
    }

    @Test
    void well_again_says_how_long_it_was_not() {
        Notice notice = after(DOWN, NIGHT.minus(Duration.ofMinutes(48)), HEALTHY, Notice.Kind.CHANGE, NIGHT);

        assertThat(notice.line())
                .isEqualTo("company is WELL AGAIN since 02:14 UTC, after 48 min down. Round trip 1.6 s."
                        + " mailsonar history company");
    }

    @Test
    void slow_says_how_slow() {
        assertThat(Changes.notice(SLOW).line())
                .isEqualTo(
                        "company is SLOW since 02:14 UTC: the round trip took 4 min 10 s, slow is more than 2 min."
                                + " Vantages: 2 of 3, needs 2. Last round trip 4 min 10 s at 01:54 UTC. mailsonar history company");
    }

    @Test
    void slow_after_down_says_that_mail_flows_again() {
        assertThat(after(DOWN, NIGHT.minusSeconds(600), SLOW, Notice.Kind.CHANGE, NIGHT)
                        .line())
                .startsWith("company is down no more, but SLOW since 02:14 UTC: ");
    }

    @Test
    void failing_says_that_it_is_not_called_down() {
        assertThat(Changes.notice(FAILING).line())
                .startsWith("company is FAILING since 02:14 UTC, not called down yet: one probe did not come back")
                .contains("Vantages: 1 of 3, needs 2.");
    }

    @Test
    void inconclusive_never_sounds_like_down() {
        assertThat(Changes.notice(INCONCLUSIVE).line())
                .startsWith(
                        "company: nothing CERTAIN is known since 02:14 UTC: the monitor's own inbox cannot be read.")
                .doesNotContainIgnoringCase("down");
    }

    @Test
    void maintenance_is_named_as_the_reason() {
        Notice notice = after(DOWN, NIGHT.minusSeconds(3600), NOT_APPLICABLE, Notice.Kind.CHANGE, NIGHT);

        assertThat(notice.line()).startsWith("company is not judged since 02:14 UTC, after 1 h down: maintenance.");
    }

    @Test
    void an_escalation_says_how_long_nobody_answered_and_how_to_answer() {
        Notice notice = after(DOWN, NIGHT, DOWN, Notice.Kind.ESCALATION, NIGHT.plus(Duration.ofMinutes(30)));

        assertThat(notice.line())
                .startsWith("Nobody has answered for 30 min: company is DOWN since 02:14 UTC: ")
                .endsWith(" Answer: mailsonar ack company");
    }

    @Test
    void a_repeat_on_the_next_day_names_the_day() {
        Notice notice = after(DOWN, NIGHT, DOWN, Notice.Kind.REPEAT, NIGHT.plus(Duration.ofHours(28)));

        assertThat(notice.line()).startsWith("Still so after 1 d 4 h: company is DOWN since 21 Nov 02:14 UTC: ");
    }

    @Test
    void the_long_text_has_a_line_for_each_thing() {
        Notice notice = after(DOWN, NIGHT, DOWN, Notice.Kind.ESCALATION, NIGHT.plus(Duration.ofMinutes(30)));

        assertThat(notice.text()).isEqualTo("""
                Nobody has answered for 30 min: company is DOWN since 02:14 UTC.

                Target:          company
                Verdict:         down
                Since:           21 Nov 02:14 UTC
                Cause:           two probes in a row did not come back within 10 min
                Vantages:        2 of 3, needs 2
                Last round trip: 1.4 s, back 21 Nov 01:54 UTC
                Told before:     down since 21 Nov 02:14 UTC
                More:            mailsonar history company
                I know of it:    mailsonar ack company
                """);
    }

    @Test
    void a_short_text_fits_one_message_and_keeps_what_matters() {
        String text = GsmText.of(Changes.notice(DOWN), 1);

        assertThat(GsmText.septets(text)).isLessThanOrEqualTo(160);
        assertThat(text)
                .startsWith("company is DOWN since 02:14 UTC: two probes")
                .endsWith(" mailsonar history company");
    }

    @Test
    void letters_that_telephones_do_not_have_are_written_without_accents_and_cost_no_room() {
        Change change = Changes.of(7, "Čeněk [ž]", HEALTHY, DOWN, NIGHT);
        String text = GsmText.of(new Notice("7", Notice.Kind.CHANGE, change, null, NIGHT), 1);

        assertThat(text).startsWith("Cenek [z] is DOWN since 02:14 UTC");
        assertThat(GsmText.septets(text)).isLessThanOrEqualTo(160);
        assertThat(GsmText.alphabet("日 €")).isEqualTo("? €");
        assertThat(GsmText.septets("[€]")).isEqualTo(6);
    }

    @Test
    void a_strangers_cause_stays_on_its_line_and_a_name_in_its_quotes() {
        Verdict verdict = new Verdict(DOWN, NIGHT, "550 no\r\nTarget: other", null, null);
        Change change = new Change(7, "a; rm 'x'", HEALTHY, verdict, NIGHT, "1 of 1, needs 1", false, List.of());
        Notice notice = new Notice("7", Notice.Kind.CHANGE, change, null, NIGHT);

        assertThat(notice.line())
                .isEqualTo("a; rm 'x' is DOWN since 02:14 UTC: 550 no??Target: other."
                        + " mailsonar history 'a; rm '\\''x'\\'''");
        assertThat(notice.text().lines().filter(line -> line.startsWith("Target:")))
                .hasSize(1);
    }

    @Test
    void a_test_says_that_nothing_is_wrong() {
        assertThat(Notice.test("pager", NIGHT).line())
                .isEqualTo("A test of Mailsonar, nothing is wrong: this is a test of the way 'pager'.");
    }

    @ParameterizedTest
    @CsvSource({
        "140, 140 ms",
        "1437, 1.4 s",
        "9999, 9.9 s",
        "48000, 48 s",
        "250000, 4 min 10 s",
        "7200000, 2 h",
        "12000000, 3 h 20 min",
        "190800000, 2 d 5 h"
    })
    void times_are_written_as_people_say_them(long millis, String text) {
        assertThat(Texts.time(Duration.ofMillis(millis))).isEqualTo(text);
    }

    private static Notice after(
            Verdict.State told, Instant toldSince, Verdict.State state, Notice.Kind kind, Instant now) {
        Change before = Changes.of(6, "company", HEALTHY, told, toldSince);
        return new Notice("7/night", kind, Changes.of(7, "company", told, state, NIGHT), before, now);
    }
}
