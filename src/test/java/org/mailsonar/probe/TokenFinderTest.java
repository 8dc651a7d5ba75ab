package org.mailsonar.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailsonar.message.EmailAddress;

class TokenFinderTest {

    private static final String TOKEN = TestProbes.token();
    private static final String OTHER_VALID =
            TestProbes.sign(TestProbes.statement(TestProbes.TARGET, EmailAddress.parse("other@monitor.test")));
    private static final String FORGED = TestProbes.signer("stranger").sign(TestProbes.statement());

    @Test
    void mail_without_a_token_is_missing_one() {
        assertThat(find("Subject: hello\r\n\r\nhello\r\n")).isEqualTo(new Verification.Missing());
        assertThat(find("")).isEqualTo(new Verification.Missing());
    }

    @Test
    void an_empty_field_and_an_empty_block_are_malformed() {
        assertThat(find("Mailsonar-Probe:\r\n\r\n")).isInstanceOf(Verification.Malformed.class);
        assertThat(find("\r\n" + block(""))).isInstanceOf(Verification.Malformed.class);
    }

    @Test
    void the_same_token_any_number_of_times_is_one() {
        String mail = "Mailsonar-Probe: " + TOKEN + "\r\n\r\n" + block(TOKEN).repeat(50);

        assertThat(find(mail)).isInstanceOf(Verification.Valid.class);
    }

    @Test
    void two_valid_tokens_in_the_same_place_are_malformed() {
        assertThat(find("Mailsonar-Probe: " + TOKEN + "\r\nMailsonar-Probe: " + OTHER_VALID + "\r\n\r\n"))
                .isInstanceOf(Verification.Malformed.class);
        assertThat(find("\r\n" + block(TOKEN) + block(OTHER_VALID))).isInstanceOf(Verification.Malformed.class);
    }

    @Test
    void a_valid_token_in_the_header_goes_before_any_in_the_body() {
        Verification found = find("Mailsonar-Probe: " + TOKEN + "\r\n\r\n" + block(OTHER_VALID));

        assertThat(found)
                .isInstanceOfSatisfying(
                        Verification.Valid.class,
                        valid -> assertThat(valid.signed()).isEqualTo(TOKEN));
    }

    @Test
    void a_valid_token_is_found_behind_a_forged_one() {
        assertThat(find("Mailsonar-Probe: " + FORGED + "\r\nMailsonar-Probe: " + TOKEN + "\r\n\r\n"))
                .isInstanceOf(Verification.Valid.class);
        assertThat(find("Mailsonar-Probe: " + FORGED + "\r\n\r\n" + block("x") + block(TOKEN)))
                .isInstanceOf(Verification.Valid.class);
    }

    @Test
    void where_none_is_valid_the_first_one_is_told() {
        assertThat(find("Mailsonar-Probe: " + FORGED + "\r\n\r\n" + block("x"))).isEqualTo(new Verification.Forged());
    }

    @Test
    void a_message_full_of_tokens_is_given_up() {
        StringBuilder header = new StringBuilder();
        StringBuilder blocks = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            header.append("Mailsonar-Probe: x").append(i).append("\r\n");
            blocks.append(block("x" + i));
        }
        assertThat(find(header + "\r\n" + block(TOKEN))).isInstanceOf(Verification.Malformed.class);
        assertThat(find("\r\n" + blocks + block(TOKEN))).isInstanceOf(Verification.Malformed.class);
    }

    @Test
    void a_block_too_long_for_a_token_is_passed_over() {
        assertThat(find("\r\n" + block("x".repeat(100_000)) + block(TOKEN))).isInstanceOf(Verification.Valid.class);
    }

    @Test
    void marks_out_of_order_hide_nothing() {
        assertThat(find("\r\n" + TokenBlocks.END + TokenBlocks.BEGIN + block(TOKEN) + TokenBlocks.BEGIN))
                .isInstanceOf(Verification.Valid.class);
    }

    @Test
    void damaged_probes_of_any_kind_end_in_a_result() {
        Random random = new Random(20261121);
        byte[] probe = Gateway.bytes(Gateway.forward(Gateway.text(TestProbes.probe()), "7bit", "b"));
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = probe.clone();
            for (int i = 0; i < 1 + round / 20; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(TestProbes.find(damaged)).isNotNull();
        }
    }

    private static String block(String token) {
        return TokenBlocks.BEGIN + "\r\n" + token + "\r\n" + TokenBlocks.END + "\r\n";
    }

    private static Verification find(String message) {
        return TestProbes.find(message.getBytes(StandardCharsets.ISO_8859_1));
    }
}
