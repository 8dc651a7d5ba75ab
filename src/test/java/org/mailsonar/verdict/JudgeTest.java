package org.mailsonar.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.roundtrip.Maintenance;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;

class JudgeTest {

    private static final Timing OFTEN =
            new Timing(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofSeconds(30));

    /** Every 20 minutes, slow from 2, lost after 10, another one after 30 seconds. All instants in minutes. */
    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            # history                                      ; now   ; verdict      ; since   ; retry ; cause
                                                           ; 0     ; inconclusive ; 0       ; -     ; not probed yet
            0 flying                                       ; 1     ; inconclusive ; 1       ; -     ; not probed yet
            0 flying                                       ; 3     ; slow         ; 2       ; -     ; on its way for more than 2 min
            0 returned 3s                                  ; 1     ; healthy      ; 0.05    ; -     ; ''
            0 returned 2m                                  ; 3     ; healthy      ; 2       ; -     ; ''
            0 returned 2m1s                                ; 3     ; slow         ; 2.01667 ; -     ; the round trip took 2 min 1 s
            0 returned 3s | 20 flying                      ; 22    ; healthy      ; 0.05    ; -     ; ''
            0 returned 3s | 20 flying                      ; 23    ; slow         ; 22      ; -     ; on its way for more than 2 min
            0 returned 3s | 20 returned 5m                 ; 23    ; slow         ; 22      ; -     ; on its way for more than 2 min
            0 returned 3s | 20 returned 5m                 ; 26    ; slow         ; 25      ; -     ; the round trip took 5 min
            0 returned 5m | 20 returned 3s                 ; 21    ; healthy      ; 20.05   ; -     ; ''
            # one failure, then the retry
            0 returned 3s | 20 lost                        ; 30    ; failing      ; 20      ; 30.5  ; nothing came back within 10 min
            0 returned 3s | 20 lost | 30.5 flying          ; 39    ; failing      ; 20      ; -     ; nothing came back within 10 min
            0 returned 3s | 20 lost | 30.5 lost            ; 40.4  ; failing      ; 20      ; -     ; nothing came back within 10 min
            0 returned 3s | 20 lost | 30.5 lost            ; 40.5  ; down         ; 20      ; -     ; nothing came back within 10 min
            0 returned 3s | 20 lost | 30.5 returned 4s     ; 31    ; healthy      ; 30.56667; -     ; ''
            0 lost | 10.5 lost                             ; 21    ; down         ; 0       ; -     ; nothing came back within 10 min
            0 returned 3s | 20 lost | 30.5 lost | 50.5 lost; 70    ; down         ; 20      ; -     ; nothing came back within 10 min
            # ends before the time-out
            0 returned 3s | 20 bounced 30s                 ; 21    ; failing      ; 20      ; 21    ; bounced: mx.company.test: 550 5.1.1 no such user
            0 returned 3s | 20 refused | 20.5 refused      ; 21    ; down         ; 20      ; -     ; refused: 554 5.7.1 not you
            0 returned 3s | 20 lost | 30.5 bounced 2s      ; 31    ; down         ; 20      ; -     ; bounced: mx.company.test: 550 5.1.1 no such user
            # two that one glitch took are not two; nor is one that bounces long after others came back
            20 lost | 21 lost | 22 lost                    ; 33    ; failing      ; 20      ; 30.5  ; nothing came back within 10 min
            20 lost | 21 lost | 30 lost                    ; 41    ; down         ; 20      ; -     ; nothing came back within 10 min
            20 lost | 21 returned 3s                       ; 31    ; healthy      ; 21.05   ; -     ; ''
            0 bounced 60m | 20 returned 3s | 40 returned 3s; 61    ; healthy      ; 40.05   ; -     ; ''
            0 bounced 35m | 10.5 lost | 30.5 lost          ; 36    ; down         ; 0       ; -     ; nothing came back within 10 min
            # a late return closes the outage
            0 late 25m | 10.5 lost                         ; 24    ; down         ; 0       ; -     ; nothing came back within 10 min
            0 late 25m | 10.5 lost                         ; 26    ; slow         ; 25      ; -     ; came back late, after 25 min
            0 late 25m | 10.5 lost | 20 lost               ; 31    ; failing      ; 20      ; 30.5  ; nothing came back within 10 min
            0 late 25m | 10.5 lost | 30.5 returned 3s      ; 31    ; healthy      ; 30.55   ; -     ; ''
            0 returned 3s | 20 late 15m                    ; 31    ; failing      ; 20      ; 30.5  ; nothing came back within 10 min
            0 returned 3s | 20 late 15m | 30.5 flying      ; 35    ; slow         ; 32.5    ; -     ; on its way for more than 2 min
            # what proves nothing
            0 returned 3s | 20 deferred                    ; 20.1  ; inconclusive ; 20.01667; 20.51667 ; refused for now: 450 4.2.0 greylisted
            0 returned 3s | 20 deferred | 40 returned 3s   ; 41    ; healthy      ; 40.05   ; -     ; ''
            0 returned 3s | 20 unsent                      ; 20.1  ; inconclusive ; 20.01667; 20.51667 ; could not be sent: no connection
            0 returned 3s | 20 unsent | 20.5 unsent        ; 21    ; inconclusive ; 20.51667; 21.51667 ; could not be sent: no connection
            0 returned 3s | 20 unsent | 20.5 unsent | 21.5 unsent ; 22 ; inconclusive ; 21.51667 ; 23.51667 ; could not be sent: no connection
            0 returned 3s | 20 unsent | 20.5 flying        ; 21    ; inconclusive ; 20.01667; -     ; could not be sent: no connection
            0 returned 3s | 20 blind                       ; 31    ; inconclusive ; 30      ; 30.5  ; the inbox cannot be read
            0 returned 3s | 20 lost | 30.5 deferred        ; 31    ; inconclusive ; 30.51667; 31.01667 ; refused for now: 450 4.2.0 greylisted
            0 returned 3s | 20 lost | 30.5 deferred | 40 lost ; 51 ; down         ; 20      ; -     ; nothing came back within 10 min
            0 returned 3s | 20 lost | 30.5 lost | 50 blind ; 61    ; down         ; 20      ; -     ; nothing came back within 10 min
            # nobody probes any more: two intervals and a time-out
            0 returned 3s                                  ; 50    ; healthy      ; 0.05    ; -     ; ''
            0 returned 3s                                  ; 50.1  ; inconclusive ; 50      ; -     ; no probe since 2026-11-21T00:00:00Z
            """)
    void a_history_has_a_verdict(String history, String now, String state, String since, String retry, String cause) {
        List<ProbeRecord> shown = shown(history, Timing.STANDARD, now);
        Verdict verdict = Judge.judge(Story.COMPANY, shown, Story.minute(now));

        assertThat(verdict.state().text()).isEqualTo(state);
        assertThat(verdict.since()).isCloseTo(Story.minute(since), within());
        assertThat(verdict.cause()).isEqualTo(cause);
        Optional<Instant> due = Judge.retryDue(Story.COMPANY, shown, null, Story.minute(now));
        if (retry.equals("-")) {
            assertThat(due).isEmpty();
        } else {
            assertThat(due.orElseThrow()).isCloseTo(Story.minute(retry), within());
        }
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource(delimiter = ';', textBlock = """
            0 lost | 1 lost | 2 lost | 3 returned 3s | 4 returned 3s ; 13   ; healthy ; -
            0 lost | 1 lost | 2 lost | 3 lost | 4 lost | 10 lost     ; 14.5 ; failing ; -
            0 lost | 1 lost | 2 lost | 3 lost | 4 lost               ; 14.5 ; failing ; 10.5
            0 lost | 1 lost | 2 lost | 3 lost | 10 lost              ; 20   ; down    ; -
            """)
    void probes_may_overlap(String history, String now, String state, String retry) {
        Target target = Story.target(OFTEN, Policy.STANDARD);
        List<ProbeRecord> shown = shown(history, OFTEN, now);

        assertThat(Judge.judge(target, shown, Story.minute(now)).state().text()).isEqualTo(state);
        assertThat(Judge.retryDue(target, shown, null, Story.minute(now)))
                .isEqualTo(retry.equals("-") ? Optional.empty() : Optional.of(Story.minute(retry)));
    }

    @ParameterizedTest
    @CsvSource({"disabled", "a stand-by node", "in maintenance"})
    void what_is_not_to_be_judged_is_not_applicable_and_its_round_trip_is_told(String reason) {
        Maintenance window = new Maintenance.Once(Story.START, Story.minute("60"));
        Policy policy = new Policy(
                !reason.equals("disabled"),
                reason.equals("a stand-by node"),
                0,
                reason.equals("in maintenance") ? List.of(window) : List.of(),
                Policy.Flapping.STANDARD,
                List.of());
        Target target = Story.target(Timing.STANDARD, policy);
        List<ProbeRecord> shown = shown("0 returned 3s | 20 lost | 30.5 lost", Timing.STANDARD, "41");

        assertThat(Judge.judge(target, shown, Story.minute("41")))
                .isEqualTo(new Verdict(
                        Verdict.State.NOT_APPLICABLE,
                        Story.minute("41"),
                        reason,
                        Duration.ofSeconds(3),
                        Story.START.plusSeconds(3)));
        assertThat(Judge.retryDue(target, shown, null, Story.minute("41"))).isEmpty();
    }

    @Test
    void what_is_down_stays_down_while_nobody_probes_and_nothing_returned() {
        Verdict down = judge("0 lost | 10.5 lost", "21", null);

        Verdict later = judge("0 lost | 10.5 lost", "500", down);
        assertThat(later.state()).isEqualTo(Verdict.State.DOWN);
        assertThat(later.since()).isEqualTo(Story.START);
        assertThat(judge("0 lost | 10.5 late 489m", "500", later).state()).isEqualTo(Verdict.State.INCONCLUSIVE);
        assertThat(judge("0 lost | 10.5 lost | 499 returned 3s", "500", later).state())
                .isEqualTo(Verdict.State.HEALTHY);
    }

    @Test
    void what_was_lost_long_ago_makes_nothing_down_that_was_not() {
        Verdict idle = new Verdict(Verdict.State.NOT_APPLICABLE, Story.START, "disabled", null, null);

        assertThat(judge("0 lost | 10.5 lost", "500", idle).state()).isEqualTo(Verdict.State.INCONCLUSIVE);
    }

    /** Maintenance from minute 30 to 60. */
    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            0 returned 3s | 31 lost | 45 lost                ; 61 ; inconclusive
            0 returned 3s | 31 lost | 45 lost | 60 flying    ; 61 ; inconclusive
            0 returned 3s | 31 lost | 55 lost                ; 66 ; inconclusive
            0 returned 3s | 25 lost | 45 lost                ; 61 ; inconclusive
            0 returned 3s | 31 lost | 45 lost | 60 lost      ; 71 ; failing
            0 returned 3s | 31 lost | 60 lost | 70.5 lost    ; 81 ; down
            0 returned 3s | 31 lost | 60 returned 3s         ; 61 ; healthy
            5 lost | 15 lost                                 ; 61 ; down
            """)
    void what_was_lost_in_maintenance_proves_nothing_after_it(String history, String now, String state) {
        Maintenance window = new Maintenance.Once(Story.minute("30"), Story.minute("60"));
        Target target = Story.target(
                Timing.STANDARD, new Policy(true, false, 0, List.of(window), Policy.Flapping.STANDARD, List.of()));
        Verdict idle = new Verdict(Verdict.State.NOT_APPLICABLE, Story.minute("30"), "in maintenance", null, null);

        assertThat(Judge.judge(target, shown(history, Timing.STANDARD, now), idle, Story.minute(now))
                        .state()
                        .text())
                .isEqualTo(state);
    }

    /** The time after which a failure says nothing any more is 50 minutes. */
    @ParameterizedTest(name = "{0} at {1} after {2}: {3}")
    @CsvSource(delimiter = ';', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            0 lost | 10.5 lost | 499 flying                ; 500 ; not applicable ; inconclusive
            0 lost | 10.5 lost | 490 lost                  ; 500 ; not applicable ; failing
            0 returned 3s | 20 lost | 490 lost             ; 500 ; inconclusive   ; failing
            0 returned 3s | 20 lost | 490 lost             ; 500 ; failing        ; down
            0 lost | 10.5 lost | 499 flying                ; 500 ; down           ; down
            0 returned 3s | 20 lost | 30.5 blind | 69 lost ; 80  ; inconclusive   ; down
            0 returned 3s | 20 lost | 30.5 blind | 71 lost ; 81  ; inconclusive   ; failing
            """)
    void what_was_lost_long_ago_is_not_one_of_two_unless_it_was_held_since(
            String history, String now, String before, String state) {
        Verdict.State held = List.of(Verdict.State.values()).stream()
                .filter(one -> one.text().equals(before))
                .findFirst()
                .orElseThrow();
        Verdict verdict = judge(history, now, new Verdict(held, Story.START, "so it was", null, null));

        assertThat(verdict.state().text()).isEqualTo(state);
    }

    @Test
    void an_outage_remembers_its_beginning_when_its_first_probes_are_shown_no_more() {
        Verdict down = judge("0 lost | 10.5 lost", "21", null);

        Verdict later = judge("30 lost | 50 lost | 70 lost", "81", down);
        assertThat(later.since()).isEqualTo(Story.START);
        assertThat(later.state()).isEqualTo(Verdict.State.DOWN);
    }

    @Test
    void what_is_dated_after_a_clock_was_set_back_says_nothing() {
        String history = "0 lost | 10 returned 3s | 60 returned 3s | 80 lost | 90.5 lost";

        assertThat(judge(history + "| 20 lost | 30.5 lost", "41", null).state()).isEqualTo(Verdict.State.DOWN);
        assertThat(judge(history, "12", null).state()).isEqualTo(Verdict.State.HEALTHY);
    }

    @Test
    void a_strangers_words_are_one_printable_line() {
        ProbeRecord bounced = Story.shown(Story.all("0 bounced"), Timing.STANDARD, Story.minute("1"))
                .getFirst();
        ProbeRecord strange =
                bounced.with(new org.mailsonar.roundtrip.Outcome.Bounced("a\r\nb\u202Ec"), Story.minute("1"));

        assertThat(Judge.judge(Story.COMPANY, List.of(strange), Story.minute("1"))
                        .cause())
                .isEqualTo("bounced: a??b?c");
    }

    private static Verdict judge(String history, String now, @org.jspecify.annotations.Nullable Verdict before) {
        // All of them, as a clock that was set back shows also what is dated later.
        List<ProbeRecord> shown = Story.shown(Story.all(history), Timing.STANDARD, Story.minute("1000"));
        return Judge.judge(Story.COMPANY, shown, before, Story.minute(now));
    }

    private static List<ProbeRecord> shown(String history, Timing timing, String now) {
        return Story.shown(Story.all(history == null ? "" : history), timing, Story.minute(now));
    }

    private static org.assertj.core.data.TemporalUnitOffset within() {
        return new org.assertj.core.data.TemporalUnitLessThanOffset(5, java.time.temporal.ChronoUnit.MILLIS);
    }
}
