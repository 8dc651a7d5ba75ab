package org.mailsonar.roundtrip.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.MailMessage;

/** What is read from whole returns, and what is made of it as text. */
class EvidenceTest {

    static final Instant SENT = Instant.parse("2026-11-21T01:02:03.456Z");
    static final Duration ROUND_TRIP = Duration.ofMillis(6_544);

    static final String RETURN = """
            Return-Path: <>
            Received: from mx1.company.test (mx1.company.test [192.0.2.9])
            \t(using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits))
            \tby mail.monitor.test (Postfix) with ESMTPS id 4cBack2
            \tfor <return@monitor.test>; Sat, 21 Nov 2026 01:02:09 +0000 (UTC)
            Authentication-Results: mail.monitor.test; spf=none smtp.helo=mx1.company.test
            Received: by mx1.company.test (Postfix, from userid 60100)
            \tid 4cBack1; Sat, 21 Nov 2026 01:02:07 +0000 (UTC)
            Subject: Mailsonar probe 01KAJ2V0N2Q4Q4X8YB7D6S5T3R [received 2026-11-21T01:02:06.956Z]
            Mailsonar-Return: 1; id=01KAJ2V0N2Q4Q4X8YB7D6S5T3R; received=2026-11-21T01:02:06.956Z; agent=mx1.company.test; version=0.1
            Content-Type: multipart/mixed; boundary="b"

            --b
            Content-Type: text/plain

            Probe arrived.

            --b
            Content-Type: text/rfc822-headers

            Received: from relay.company.test by mx1.company.test (Postfix) with ESMTP id 4cThere2
            \tfor <webscout@company.test>; Sat, 21 Nov 2026 01:02:06 +0000 (UTC)
            X-Spam-Status: No, score=-1.1 required=5.0 tests=ALL_TRUSTED,
            \tDKIM_SIGNED autolearn=ham version=4.0.0
            X-Spam-Flag: NO
            X-Rspamd-Score: -2.50
            X-MS-Exchange-Organization-SCL: -1
            X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:;LANG:en;SCL:1;SFV:NSPM
            Authentication-Results: MX1.company.test 1; spf=pass (sender (SPF) is ok)
              smtp.mailfrom=probe@monitor.test; dkim = pass reason="good; signature" header.d=monitor.test;
              dmarc/1=pass header.from=monitor.test
            Authentication-Results: evil.test; dkim=pass header.d=bank.test
            Authentication-Results: spf=pass smtp.mailfrom=nameless.test
            Received: from mail.monitor.test (mail.monitor.test [192.0.2.1])
            \tby relay.company.test with ESMTPS id 5AL (version=TLSv1.3 cipher=X bits=256 verify=NO);
            \tSat, 21 Nov 2026 01:02:04 +0000
            Subject: Mailsonar probe 01KAJ2V0N2Q4Q4X8YB7D6S5T3R

            --b--
            """;

    @Test
    void the_way_there_is_read_from_the_probes_header_oldest_first() {
        assertThat(read(RETURN).there().hops())
                .containsExactly(
                        hop(4, "mail.monitor.test", "relay.company.test", "ESMTPS", "TLSv1.3", "5AL", null),
                        hop(6, "relay.company.test", "mx1.company.test", "ESMTP", "", "4cThere2", 2L));
    }

    @Test
    void the_way_back_is_read_from_the_returns_own_header() {
        assertThat(read(RETURN).back().hops())
                .containsExactly(
                        hop(7, "", "mx1.company.test", "", "", "4cBack1", null),
                        hop(9, "mx1.company.test", "mail.monitor.test", "ESMTPS", "TLSv1.2", "4cBack2", 2L));
    }

    @Test
    void the_legs_are_the_round_trip_in_two() {
        assertThat(read(RETURN).legs())
                .isEqualTo(new Legs(
                        Instant.parse("2026-11-21T01:02:06.956Z"),
                        "mx1.company.test",
                        Duration.ofMillis(3_500),
                        Duration.ofMillis(3_044),
                        false));
    }

    @Test
    void without_the_reflectors_field_the_stamp_in_the_subject_serves() {
        assertThat(read(RETURN.replace("Mailsonar-Return", "X-Stripped")).legs())
                .isEqualTo(new Legs(
                        Instant.parse("2026-11-21T01:02:06.956Z"),
                        "",
                        Duration.ofMillis(3_500),
                        Duration.ofMillis(3_044),
                        false));
        assertThat(read("Subject: [received 2026-99-21T01:02:06.956Z]\n\n").legs())
                .isNull();
        assertThat(read("\n").legs()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21T01:02:03.455Z", "2026-11-21T01:02:10.001Z", "1990-01-01T00:00:00.000Z"})
    void a_leg_that_is_negative_or_longer_than_the_whole_tells_of_a_skewed_clock(String stamp) {
        Legs legs = read(RETURN.replace("2026-11-21T01:02:06.956Z", stamp)).legs();
        assertThat(legs).isNotNull();
        assertThat(legs.skewed()).isTrue();
        assertThat(legs.there().plus(legs.back())).isEqualTo(ROUND_TRIP);
    }

    @Test
    void a_clock_at_the_very_end_of_the_way_is_not_skewed() {
        assertThat(read(RETURN.replace("01:02:06.956Z", "01:02:10.000Z")).legs())
                .matches(legs -> !legs.skewed() && legs.back().isZero());
    }

    @Test
    void what_is_finer_than_a_stamp_is_no_skew() {
        Instant sent = Instant.parse("2026-11-21T01:02:06.956999Z");
        Legs legs = Evidence.read(message(RETURN), sent, Duration.ofNanos(300_000), Set.of())
                .legs();
        assertThat(legs).matches(found -> !found.skewed() && found.there().isZero());
    }

    @Test
    void a_step_that_cannot_be_is_flagged_and_no_figure() {
        Evidence evidence = read(RETURN.replace("21 Nov 2026 01:02:06 +0000", "21 Nov 2026 01:02:01 +0000")
                .replace("21 Nov 2026 01:02:09 +0000", "21 Nov 2026 01:12:09 +0000"));
        Hop negative = evidence.there().hops().get(1);
        Hop tooLong = evidence.back().hops().get(1);
        assertThat(negative.step()).isNull();
        assertThat(negative.skew()).isEqualTo(Duration.ofSeconds(-3));
        assertThat(tooLong.step()).isNull();
        assertThat(tooLong.skew()).isEqualTo(Duration.ofSeconds(602));
    }

    @Test
    void a_hop_without_a_time_does_not_break_the_steps_behind_it() {
        String header = """
                Received: by c; Sat, 21 Nov 2026 01:02:08 +0000
                Received: by b; yesterday
                Received: by a; Sat, 21 Nov 2026 01:02:05 +0000

                """;
        assertThat(read(header).back().hops().stream().map(Hop::step))
                .containsExactly(null, null, Duration.ofSeconds(3));
    }

    @Test
    void results_of_trusted_servers_alone_are_shown() {
        assertThat(read(RETURN).there().authentication())
                .containsExactly(
                        new AuthenticationResult("mx1.company.test", "spf", "pass", "smtp.mailfrom=probe@monitor.test"),
                        new AuthenticationResult(
                                "mx1.company.test", "dkim", "pass", "reason=\"good; signature\" header.d=monitor.test"),
                        new AuthenticationResult("mx1.company.test", "dmarc", "pass", "header.from=monitor.test"));
        assertThat(read(RETURN).back().authentication())
                .containsExactly(
                        new AuthenticationResult("mail.monitor.test", "spf", "none", "smtp.helo=mx1.company.test"));
    }

    @Test
    void without_a_trusted_server_no_result_is_shown() {
        Evidence evidence = Evidence.read(message(RETURN), SENT, ROUND_TRIP, Set.of());
        assertThat(evidence.there().authentication()).isEmpty();
        assertThat(evidence.back().authentication()).isEmpty();
        assertThat(evidence.there().hops()).hasSize(2);
    }

    @Test
    void a_result_of_no_method_is_none() {
        assertThat(read("Authentication-Results: \"mx1.company.test\" 1; none\n\n")
                        .back()
                        .authentication())
                .isEmpty();
        assertThat(read("Authentication-Results: \"mx1.company.test\" 1; spf=fail\n\n")
                        .back()
                        .authentication())
                .containsExactly(new AuthenticationResult("mx1.company.test", "spf", "fail", ""));
    }

    @Test
    void what_spam_filters_noted_is_kept() {
        assertThat(read(RETURN).there().spam())
                .containsExactly(
                        new SpamSign(
                                "X-Spam-Status",
                                "No, score=-1.1 required=5.0 tests=ALL_TRUSTED, DKIM_SIGNED autolearn=ham version=4.0.0"),
                        new SpamSign("X-Spam-Flag", "NO"),
                        new SpamSign("X-Rspamd-Score", "-2.50"),
                        new SpamSign("X-MS-Exchange-Organization-SCL", "-1"),
                        new SpamSign("X-Forefront-Antispam-Report", "CIP:192.0.2.1;CTRY:;LANG:en;SCL:1;SFV:NSPM"));
    }

    @Test
    void a_probe_header_that_was_encoded_on_the_way_is_read_too() {
        int start = RETURN.indexOf("Received: from relay");
        int end = RETURN.indexOf("\n--b--");
        String encoded = Base64.getMimeEncoder()
                .encodeToString(RETURN.substring(start, end).getBytes(ISO_8859_1));
        String message = RETURN.substring(0, start - 1) + "Content-Transfer-Encoding: base64\n\n" + encoded
                + RETURN.substring(end);
        assertThat(read(message)).isEqualTo(read(RETURN));
    }

    @Test
    void the_text_reads_back_as_the_same() {
        Evidence evidence = read(RETURN);
        assertThat(evidence.toText())
                .startsWith("{\"there\":{\"hops\":[{\"time\":1795222924000,")
                .hasSizeLessThan(2500);
        assertThat(Evidence.parse(evidence.toText())).contains(evidence);
        Evidence nothing = read("\n");
        assertThat(Evidence.parse(nothing.toText())).contains(nothing);
        assertThat(nothing.toText())
                .isEqualTo(
                        "{\"there\":{\"hops\":[],\"auth\":[],\"spam\":[]},\"back\":{\"hops\":[],\"auth\":[],\"spam\":[]}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}{}",
                "{\"there\":",
                "{\"legs\":{\"stamp\":1",
                "{\"there\":{\"hops\":[{]}}"
            })
    void what_is_no_evidence_is_not_read(String text) {
        assertThat(Evidence.parse(text)).isEmpty();
    }

    @Test
    void fields_of_a_later_version_are_passed_over() {
        assertThat(Evidence.parse(read(RETURN).toText().replace("{\"there\"", "{\"new\":[{\"x\":[1]}],\"there\"")))
                .contains(read(RETURN));
        assertThat(Evidence.parse("{\"there\":{\"hops\":[{\"by\":\"b\",\"new\":{\"x\":1}}],\"new\":{}}}"))
                .contains(read("Content-Type: text/rfc822-headers\n\nReceived: by b\n\n"));
    }

    @Test
    void fifty_hops_are_kept_and_no_more() {
        String header = IntStream.range(0, 60)
                .mapToObj(i -> "Received: by host" + i + "; Sat, 21 Nov 2026 01:02:05 +0000\n")
                .collect(Collectors.joining("", "", "\n"));
        assertThat(read(header).back().hops()).hasSize(50);
        assertThat(read(header).back().hops().getLast().by()).isEqualTo("host0");
    }

    @Test
    void of_a_header_64_kib_are_read() {
        String header = "X: " + "x".repeat(65_500) + "\nReceived: by b; Sat, 21 Nov 2026 01:02:05 +0000\n\n";
        assertThat(read(header).back().hops()).isEmpty();
        assertThat(read(header.substring(0, 3) + header.substring(203)).back().hops())
                .hasSize(1);
    }

    @Test
    void a_way_with_very_much_to_tell_fits_into_8_kib() {
        String hop = "Received: from " + "\\".repeat(200) + " by " + "\"q\"".repeat(100) + " with " + "w".repeat(100)
                + " id " + "\\".repeat(100) + "; Sat, 21 Nov 2026 01:02:05 +0000\n";
        String spam = "X-Spam-Status: " + "\\".repeat(400) + "\n";
        String header = String.join("", Collections.nCopies(40, hop)) + spam.repeat(20);
        Evidence evidence = read(header + "Content-Type: text/rfc822-headers\n\n" + header);
        assertThat(evidence.toText()).hasSizeBetween(7_000, Evidence.LONGEST_TEXT);
        assertThat(evidence.there().hops()).hasSizeGreaterThan(2);
        assertThat(evidence.back().hops()).hasSizeGreaterThan(2);
        assertThat(Evidence.parse(evidence.toText())).contains(evidence);
    }

    private static Evidence read(String message) {
        return Evidence.read(message(message), SENT, ROUND_TRIP, Set.of("mx1.company.test", "Mail.Monitor.test"));
    }

    static MailMessage message(String text) {
        return MailMessage.of(text.getBytes(ISO_8859_1));
    }

    private static Hop hop(
            int second, String from, String by, String protocol, String tls, String id, @Nullable Long step) {
        return new Hop(
                Instant.parse("2026-11-21T01:02:00Z").plusSeconds(second),
                from,
                by,
                protocol,
                tls,
                id,
                step == null ? null : Duration.ofSeconds(step),
                null);
    }

    static List<String> samples() {
        return List.of(RETURN, "\n", "Received: by b; Sat, 21 Nov 2026 01:02:05 +0000\n\n");
    }
}
