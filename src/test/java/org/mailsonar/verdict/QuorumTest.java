package org.mailsonar.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.verdict.Verdict.State;

class QuorumTest {

    private static final Instant NOW = Story.minute("1000");

    /** Standings: where, what, for how many minutes, judged how many minutes ago; {@code !} before one of which there is no sign. */
    @ParameterizedTest(name = "{0}, quorum {1}: {2}")
    @CsvSource(delimiter = ';', textBlock = """
            # standings                                              ; quorum ; verdict ; votes ; cause
                                                                     ; 0 ; inconclusive ; 0 of 0, needs 1 ; not probed yet
            sydney healthy                                           ; 0 ; healthy      ; 0 of 1, needs 1 ; ''
            sydney slow                                              ; 0 ; slow         ; 0 of 1, needs 1 ; slow words
            sydney failing                                           ; 0 ; failing      ; 0 of 1, needs 1 ; failing words
            sydney down                                              ; 0 ; down         ; 1 of 1, needs 1 ; down words
            sydney inconclusive                                      ; 0 ; inconclusive ; 0 of 0, needs 1 ; inconclusive words
            # two
            sydney healthy | london healthy                          ; 0 ; healthy      ; 0 of 2, needs 2 ; ''
            sydney down | london down                                ; 0 ; down         ; 2 of 2, needs 2 ; down at london and sydney: down words
            sydney down | london healthy                             ; 0 ; failing      ; 1 of 2, needs 2 ; down at sydney, healthy at london: down words
            sydney down | london failing                             ; 0 ; failing      ; 1 of 2, needs 2 ; down at sydney, failing at london: down words
            sydney failing | london healthy                          ; 0 ; failing      ; 0 of 2, needs 2 ; failing at sydney, healthy at london: failing words
            sydney down | london healthy                             ; 1 ; down         ; 1 of 2, needs 1 ; down at sydney, healthy at london: down words
            # three
            sydney down | london down | tokyo healthy                ; 0 ; down         ; 2 of 3, needs 2 ; down at london and sydney, healthy at tokyo: down words
            sydney down | london down | tokyo healthy                ; 3 ; failing      ; 2 of 3, needs 3 ; down at london and sydney, healthy at tokyo: down words
            sydney slow | london slow | tokyo healthy                ; 0 ; slow         ; 0 of 3, needs 2 ; slow at london and sydney, healthy at tokyo: slow words
            sydney slow | london healthy | tokyo healthy             ; 0 ; healthy      ; 0 of 3, needs 2 ; slow at sydney, healthy at london and tokyo: slow words
            # who cannot vote keeps a seat for 50 minutes: no outage is made of what one place alone sees
            sydney down | london inconclusive 10                     ; 0 ; failing      ; 1 of 1, needs 2 ; down at sydney, london cannot tell: down words
            sydney down | london inconclusive 50                     ; 0 ; failing      ; 1 of 1, needs 2 ; down at sydney, london cannot tell: down words
            sydney down | !london healthy 300 10                     ; 0 ; failing      ; 1 of 1, needs 2 ; down at sydney, london cannot tell: down words
            sydney down | london down | tokyo inconclusive 10        ; 3 ; failing      ; 2 of 2, needs 3 ; down at london and sydney, tokyo cannot tell: down words
            # and no longer: none is hidden for ever
            sydney down | london inconclusive 51                     ; 0 ; down         ; 1 of 1, needs 1 ; down at sydney, london cannot tell: down words
            sydney down | !london healthy 300 51                     ; 0 ; down         ; 1 of 1, needs 1 ; down at sydney, london cannot tell: down words
            sydney down | london healthy 300 51                      ; 0 ; down         ; 1 of 1, needs 1 ; down at sydney, london cannot tell: down words
            sydney down | london down | tokyo inconclusive 51        ; 3 ; down         ; 2 of 2, needs 2 (3 wanted, more cannot tell) ; down at london and sydney, tokyo cannot tell: down words
            sydney down                                              ; 3 ; down         ; 1 of 1, needs 1 (3 wanted, more cannot tell) ; down words
            # nobody can
            sydney inconclusive | london inconclusive                ; 0 ; inconclusive ; 0 of 0, needs 2 ; london and sydney cannot tell: inconclusive words
            !sydney down                                             ; 0 ; inconclusive ; 0 of 0, needs 1 ; no sign of sydney
            # a vantage at which it is disabled has no seat
            sydney down | london not_applicable                      ; 0 ; down         ; 1 of 1, needs 1 ; down words
            """)
    void standings_make_a_verdict(String standings, int quorum, String state, String votes, String cause) {
        Quorum.Result result = count(standings, quorum);

        assertThat(result.verdict().state().text()).isEqualTo(state);
        assertThat(result.votes()).isEqualTo(votes);
        assertThat(result.verdict().cause()).isEqualTo(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "sydney down 30 | london down 20,    30",
        "sydney down 30 | london healthy 90, 30",
        "sydney healthy 30 | london healthy 90, 30",
        "sydney inconclusive 30 | london inconclusive 20, 20"
    })
    void an_outage_is_since_its_first_lost_probe_and_all_else_since_the_last_vantage_came_to_it(
            String standings, long minutes) {
        assertThat(count(standings, 0).verdict().since()).isEqualTo(NOW.minus(Duration.ofMinutes(minutes)));
    }

    @Test
    void the_newest_return_of_all_is_told() {
        Standing old = standing("sydney healthy");
        Verdict newer = new Verdict(State.HEALTHY, NOW, "", Duration.ofSeconds(7), NOW);
        Quorum.Result result = Quorum.of(
                target(0),
                List.of(new Standing("company", "london", newer, NOW), old),
                Set.of("sydney", "london"),
                NOW);

        assertThat(result.verdict().lastRoundTrip()).isEqualTo(Duration.ofSeconds(7));
        assertThat(result.verdict().lastReturn()).isEqualTo(NOW);
    }

    @Test
    void a_target_that_is_disabled_is_not_applicable_whatever_was_held() {
        Policy disabled = new Policy(false, false, 0, List.of(), Policy.Flapping.STANDARD, List.of());
        Quorum.Result result = Quorum.of(
                Story.target(Timing.STANDARD, disabled), List.of(standing("sydney down")), Set.of("sydney"), NOW);

        assertThat(result.verdict().state()).isEqualTo(State.NOT_APPLICABLE);
        assertThat(result.verdict().cause()).isEqualTo("disabled");
    }

    private static Quorum.Result count(String text, int quorum) {
        List<String> lines = text == null
                ? List.of()
                : Stream.of(text.split("\\|", -1)).map(String::strip).toList();
        Set<String> fresh = new HashSet<>();
        lines.stream().filter(line -> !line.startsWith("!")).forEach(line -> fresh.add(line.split(" ", -1)[0]));
        return Quorum.of(
                target(quorum),
                lines.stream()
                        .map(line -> standing(line.startsWith("!") ? line.substring(1) : line))
                        .toList(),
                fresh,
                NOW);
    }

    private static Standing standing(String line) {
        String[] words = line.split(" +", -1);
        State state = State.of(words[1]);
        Instant since = NOW.minus(Duration.ofMinutes(words.length > 2 ? Long.parseLong(words[2]) : 5));
        Instant at = NOW.minus(Duration.ofMinutes(words.length > 3 ? Long.parseLong(words[3]) : 0));
        String cause = state == State.HEALTHY ? "" : state.text() + " words";
        return new Standing("company", words[0], new Verdict(state, since, cause, Duration.ofSeconds(3), since), at);
    }

    private static Target target(int quorum) {
        return Story.target(
                Timing.STANDARD, new Policy(true, false, quorum, List.of(), Policy.Flapping.STANDARD, List.of()));
    }
}
