package org.mailsonar.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.MailMessage;

class ProbeMailTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2000, 65_536})
    void a_probe_has_at_least_the_size_that_was_asked_for(int size) {
        byte[] probe = ProbeMail.compose(TestProbes.statement(), TestProbes.token(), TestProbes.MONITOR, size);

        assertThat(probe.length).isBetween(size, Math.max(size, TestProbes.probe().length) + 78);
        assertThat(TestProbes.find(probe)).isInstanceOf(Verification.Valid.class);
    }

    @Test
    void no_line_is_over_78_characters_or_begins_with_a_dot() {
        for (int length = 1; length <= 60; length++) {
            ProbeToken statement =
                    TestProbes.statement(EmailAddress.parse("x".repeat(length) + "@company.test"), TestProbes.RETURN);
            String probe = new String(TestProbes.probe(statement), UTF_8);

            assertThat(probe.lines())
                    .allSatisfy(line -> assertThat(line).hasSizeLessThan(79).doesNotStartWith("."));
            assertThat(probe.lines().map(String::stripLeading)).noneMatch(line -> line.startsWith("."));
            assertThat(probe.replace("\r\n", "")).doesNotContain("\r", "\n");
        }
    }

    @Test
    void a_probe_to_an_international_address_says_that_it_is_utf_8() {
        EmailAddress target = EmailAddress.parse("wächter@firma.test");
        MailMessage probe = MailMessage.of(TestProbes.probe(TestProbes.statement(target, TestProbes.RETURN)));

        assertThat(probe.first("Content-Type").orElseThrow().value()).endsWith("charset=utf-8");
        assertThat(probe.first("Content-Transfer-Encoding").orElseThrow().value())
                .isEqualTo("8bit");
        assertThat(new String(probe.body(), UTF_8)).contains("wächter@firma.test");
    }

    @Test
    void the_longest_addresses_make_a_token_within_the_limit() {
        String domain = ("d".repeat(62) + ".").repeat(4) + "de";
        EmailAddress longest = new EmailAddress("x".repeat(64), domain);

        assertThat(TestProbes.sign(TestProbes.statement(longest, longest)).length())
                .isLessThan(TokenVerifier.LONGEST_TOKEN);
    }

    @Test
    void each_probe_has_an_envelope_sender_of_its_own() {
        EmailAddress bounces = EmailAddress.parse("probe+" + TestProbes.ID + "@monitor.test");

        assertThat(ProbeMail.envelope(TestProbes.statement(), EmailAddress.parse("probe+x@monitor.test")))
                .isEqualTo(Envelope.to(bounces, TestProbes.TARGET));
    }
}
