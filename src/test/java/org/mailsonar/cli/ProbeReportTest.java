package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;
import org.mailsonar.roundtrip.Target;

/** The lines that people, programs and monitoring systems read. */
class ProbeReportTest {

    private static final Target TARGET = new Target(
            "company", TestProbes.TARGET, Duration.ofMinutes(20), Duration.ofMinutes(2), Duration.ofMinutes(10), 0);

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(
                        new Outcome.Returned(trip(Duration.ofMillis(41))),
                        0,
                        "round trip 0.041 s",
                        "OK - webscout@company.test round trip 0.041 s | rtt=0.041s;120;600;0"),
                Arguments.of(
                        new Outcome.Returned(trip(Duration.ofNanos(119_999_999_999L))),
                        0,
                        "round trip 120.000 s",
                        "OK - webscout@company.test round trip 120.000 s | rtt=120.000s;120;600;0"),
                Arguments.of(
                        new Outcome.Returned(trip(Duration.ofMinutes(2))),
                        1,
                        "round trip 120.000 s",
                        "WARNING - webscout@company.test round trip 120.000 s | rtt=120.000s;120;600;0"),
                Arguments.of(
                        new Outcome.Late(trip(Duration.ofMinutes(11))),
                        1,
                        "late: round trip 660.000 s, time-out 600 s",
                        "WARNING - webscout@company.test late: round trip 660.000 s, time-out 600 s"
                                + " | rtt=660.000s;120;600;0"),
                Arguments.of(
                        new Outcome.Lost(),
                        2,
                        "lost: nothing came back within 600 s",
                        "CRITICAL - webscout@company.test lost: nothing came back within 600 s | rtt=U;120;600;0"),
                Arguments.of(
                        new Outcome.Refused("550 5.1.1 a|b  c"),
                        2,
                        "refused: 550 5.1.1 a|b  c",
                        "CRITICAL - webscout@company.test refused: 550 5.1.1 a/b c | rtt=U;120;600;0"),
                Arguments.of(
                        new Outcome.Bounced("mx: 550 no"),
                        2,
                        "bounced: mx: 550 no",
                        "CRITICAL - webscout@company.test bounced: mx: 550 no | rtt=U;120;600;0"),
                Arguments.of(
                        new Outcome.InFlight(),
                        3,
                        "in flight: nothing has come back yet",
                        "UNKNOWN - webscout@company.test in flight: nothing has come back yet | rtt=U;120;600;0"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void each_outcome_has_its_line_and_its_status(Outcome outcome, int status, String words, String plugin) {
        ProbeRecord probe = probe(outcome);
        assertThat(OutcomeText.status(probe, TARGET)).isEqualTo(status);
        assertThat(ProbeReport.TEXT.of(probe, TARGET)).isEqualTo("webscout@company.test  " + words);
        assertThat(ProbeReport.NAGIOS.of(probe, TARGET)).isEqualTo(plugin);
    }

    @Test
    void a_returned_probe_is_one_json_object_with_its_fields_in_order() {
        assertThat(ProbeReport.JSON.of(probe(new Outcome.Returned(trip(Duration.ofNanos(41_234_567)))), TARGET))
                .isEqualTo(
                        "{\"id\":\"01KAJ2V0N2Q4Q4X8YB7D6S5T3R\",\"target\":\"webscout@company.test\","
                                + "\"outcome\":\"returned\",\"sent\":\"2026-11-21T01:02:03.456789Z\","
                                + "\"received\":\"2026-11-21T01:02:03.498023Z\",\"roundTripSeconds\":0.041235,"
                                + "\"resolutionSeconds\":0.001,\"clock\":\"monotonic\",\"vantage\":\"sydney\",\"name\":\"company\",\"duplicates\":0}");
    }

    @Test
    void a_refused_probe_has_a_reason_and_no_times_in_json() {
        assertThat(ProbeReport.JSON.of(probe(new Outcome.Refused("550 \"no\"\u0000")), TARGET))
                .isEqualTo(
                        "{\"id\":\"01KAJ2V0N2Q4Q4X8YB7D6S5T3R\",\"target\":\"webscout@company.test\","
                                + "\"outcome\":\"refused\",\"sent\":\"2026-11-21T01:02:03.456789Z\","
                                + "\"reason\":\"550 \\\"no\\\"\\u0000\",\"vantage\":\"sydney\",\"name\":\"company\",\"duplicates\":0}");
    }

    @Test
    void whole_seconds_are_plain_numbers_in_json() {
        assertThat(ProbeReport.JSON.of(probe(new Outcome.Late(trip(Duration.ofMinutes(20)))), TARGET))
                .contains("\"roundTripSeconds\":1200,");
    }

    @Test
    void thresholds_keep_their_fraction() {
        Target quick = new Target(
                "quick", TestProbes.TARGET, Duration.ofMinutes(20), Duration.ofMillis(500), Duration.ofSeconds(4), 0);
        assertThat(ProbeReport.NAGIOS.of(probe(new Outcome.Returned(trip(Duration.ofMillis(41)))), quick))
                .endsWith(" | rtt=0.041s;0.500;4;0");
    }

    private static RoundTrip trip(Duration time) {
        return new RoundTrip(TestProbes.SENT.plus(time), time, RoundTrip.Clock.MONOTONIC, Duration.ofMillis(1));
    }

    private static ProbeRecord probe(Outcome outcome) {
        return ProbeRecord.leaving(
                        TestProbes.ID, "company", TestProbes.TARGET, "sydney", TestProbes.SENT, Duration.ofMinutes(10))
                .with(outcome, TestProbes.SENT);
    }
}
