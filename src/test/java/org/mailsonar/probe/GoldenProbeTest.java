package org.mailsonar.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mailsonar.Golden;

/** The wire format to the byte. Who changes it on purpose raises the version in the token's first line. */
class GoldenProbeTest {

    @Test
    void a_statement_is_seven_lines() {
        String key = TestProbes.monitorKey().fingerprint();
        assertThat(new String(TestProbes.statement().payload(), US_ASCII)).isEqualTo("""
                mailsonar-probe/1
                id: 01KAJ2V0N2Q4Q4X8YB7D6S5T3R
                key: %s
                to: webscout@company.test
                return: return@monitor.test
                sent: 2026-11-21T01:02:03.456789Z
                expires: 2026-11-22T01:02:03.456789Z""".formatted(key));
    }

    @Test
    void one_statement_and_one_key_make_one_token() {
        assertThat(TestProbes.token()).isEqualTo(new String(Golden.bytes("token.txt"), US_ASCII).strip());
    }

    @Test
    void one_token_makes_one_message() {
        assertThat(TestProbes.probe()).asString(US_ASCII).isEqualTo(new String(Golden.bytes("probe.eml"), US_ASCII));
    }

    @Test
    void the_golden_message_is_authentic() {
        assertThat(TestProbes.find(Golden.bytes("probe.eml")))
                .isEqualTo(new Verification.Valid(TestProbes.statement(), TestProbes.token()));
    }
}
