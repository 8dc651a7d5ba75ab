package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.CheckResult.Step;
import org.mailsonar.check.Measure;
import org.mailsonar.check.TlsFacts;
import org.mailsonar.check.Trouble;
import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.Timing;
import org.mailsonar.verdict.CheckTarget;

/** The lines that people, programs and monitoring systems read of a check. */
class CheckOutputTest {

    private static final Instant AT = Instant.parse("2026-11-21T01:02:03.456789Z");

    private static final CheckResult GOOD = new CheckResult(
            "imap://mail.company.test:143",
            State.GOOD,
            "17 messages",
            AT,
            Duration.ofNanos(12_345_678),
            List.of(
                    new Step("look-up", Duration.ofNanos(345_000)),
                    new Step("connect", Duration.ofMillis(2)),
                    new Step("CAPABILITY", Duration.ofMillis(3)),
                    new Step("CAPABILITY", Duration.ofMillis(4))),
            List.of(
                    Measure.of("messages", 17, ""),
                    new Measure("days left", 20.5, "", null, null, 21.0, 3.0),
                    new Measure("queue size", 3, "", 10.0, 20.0)),
            null,
            new TlsFacts(
                    "TLSv1.3",
                    "TLS_AES_256_GCM_SHA384",
                    "CN=mail.company.test",
                    List.of("mail.company.test", "imap.company.test"),
                    "CN=Authority",
                    Instant.parse("2026-09-01T00:00:00Z"),
                    Instant.parse("2026-12-12T00:00:00Z"),
                    2),
            "S: * OK ready\nC: 1 CAPABILITY\n");

    private static final CheckResult FAILING = new CheckResult(
            "smtp://[::1]:25",
            State.FAILING,
            "550 5.7.1 a|b \u202e\nc",
            AT,
            Duration.ofMillis(59_999).plusNanos(999_999),
            List.of(new Step("MAIL FROM", Duration.ofSeconds(1))),
            List.of(),
            new Trouble(Trouble.Stage.COMMAND, Trouble.Kind.REJECTED),
            null,
            "");

    @Test
    void text_is_in_columns() {
        CheckText text = new CheckText(28, false);

        assertThat(text.of(GOOD)).isEqualTo("good     imap://mail.company.test:143   0.012 s  17 messages");
        assertThat(text.of(FAILING)).isEqualTo("failing  smtp://[::1]:25               60.000 s  550 5.7.1 a|b ??c");
    }

    @Test
    void verbose_text_tells_steps_measures_certificate_and_transcript() {
        assertThat(new CheckText(28, true).of(GOOD)).isEqualTo("""
                good     imap://mail.company.test:143   0.012 s  17 messages
                         look-up          0.3 ms
                         connect          2.0 ms
                         CAPABILITY       3.0 ms
                         CAPABILITY       4.0 ms
                         messages     17
                         days left    20.5
                         queue size   3
                         encryption   TLSv1.3, TLS_AES_256_GCM_SHA384
                         certificate  CN=mail.company.test, for mail.company.test imap.company.test
                         valid        2026-09-01 to 2026-12-12
                         issuer       CN=Authority, 2 certificates sent
                         S: * OK ready
                         C: 1 CAPABILITY""");
    }

    @Test
    void a_plugin_line_has_performance_data_with_plain_names_each_once() {
        assertThat(CheckPlugin.of(GOOD))
                .isEqualTo("IMAP OK - imap://mail.company.test:143: 17 messages | time=0.012346s;;;0"
                        + " messages=17;;;0 days_left=20.5;21:;3:;0 queue_size=3;10;20;0"
                        + " time_look-up=0.000345s;;;0 time_connect=0.002000s;;;0 time_capability=0.007000s;;;0");
        assertThat(CheckPlugin.of(FAILING))
                .isEqualTo("SMTP CRITICAL - smtp://[::1]:25: 550 5.7.1 a/b ??c | time=60.000000s;;;0"
                        + " time_mail_from=1.000000s;;;0");
    }

    @Test
    void json_tells_what_was_said_only_where_that_is_wanted() {
        assertThat(CheckJson.of(GOOD, false)).doesNotContain("transcript").contains("\"steps\":[{", "\"tls\":{");
    }

    @Test
    void large_numbers_have_no_exponent() {
        assertThat(CheckText.number(1.5e12)).isEqualTo("1500000000000");
        assertThat(CheckText.number(-2e15)).isEqualTo("-2000000000000000");
        assertThat(CheckText.number(999_999_999_999.5)).isEqualTo("999999999999.5");
    }

    @Test
    void a_bar_in_a_name_begins_no_performance_data() {
        Check check = new Check() {
            @Override
            public String name() {
                return "smtp://h:25";
            }

            @Override
            public CheckResult run() {
                return GOOD;
            }
        };
        CheckTarget target = new CheckTarget("mx|1", Timing.STANDARD, Policy.STANDARD, check);
        CheckRecord newest = CheckRecord.of("mx|1", "here", FAILING);

        assertThat(new CheckLine(target, null, null).nagios()).isEqualTo("UNKNOWN - mx/1 not looked at yet");
        assertThat(new CheckLine(target, newest, null).nagios())
                .isEqualTo("CRITICAL - mx/1 failing: 550 5.7.1 a/b ??c | time=60.000s;;;0");
    }

    @Test
    void json_has_all_that_is_known() {
        assertThat(CheckJson.of(GOOD, true))
                .isEqualTo("{\"name\":\"imap://mail.company.test:143\",\"state\":\"good\",\"status\":0,"
                        + "\"reason\":\"17 messages\",\"at\":\"2026-11-21T01:02:03.456789Z\",\"seconds\":0.012346,"
                        + "\"steps\":[{\"name\":\"look-up\",\"seconds\":0.000345},{\"name\":\"connect\",\"seconds\":0.002},"
                        + "{\"name\":\"CAPABILITY\",\"seconds\":0.003},{\"name\":\"CAPABILITY\",\"seconds\":0.004}],"
                        + "\"measures\":[{\"name\":\"messages\",\"value\":17,\"unit\":\"\"},"
                        + "{\"name\":\"days left\",\"value\":20.5,\"unit\":\"\",\"warnBelow\":21,\"failBelow\":3},"
                        + "{\"name\":\"queue size\",\"value\":3,\"unit\":\"\",\"warnAbove\":10,\"failAbove\":20}],"
                        + "\"tls\":{\"version\":\"TLSv1.3\",\"cipher\":\"TLS_AES_256_GCM_SHA384\","
                        + "\"subject\":\"CN=mail.company.test\",\"names\":[\"mail.company.test\",\"imap.company.test\"],"
                        + "\"issuer\":\"CN=Authority\",\"notBefore\":\"2026-09-01T00:00:00.000Z\","
                        + "\"notAfter\":\"2026-12-12T00:00:00.000Z\",\"chain\":2},"
                        + "\"transcript\":\"S: * OK ready\\nC: 1 CAPABILITY\\n\"}");
        assertThat(CheckJson.of(FAILING, true))
                .contains("\"trouble\":{\"stage\":\"command\",\"kind\":\"rejected\"},\"transcript\":\"\"}")
                .contains("\"seconds\":60,")
                .doesNotContain("\"tls\"");
    }
}
