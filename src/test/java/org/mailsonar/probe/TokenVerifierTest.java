package org.mailsonar.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final Duration SKEW = Duration.ofDays(2);
    private static final TrustedKey STRANGER = TestKeys.trusted("stranger");

    private final ProbeToken statement = TestProbes.statement();
    private final String token = TestProbes.token();

    @Test
    void a_token_of_a_trusted_key_is_valid() {
        assertThat(verify(token)).isEqualTo(new Verification.Valid(statement, token));
    }

    @Test
    void two_trusted_keys_are_told_apart_by_name() {
        TokenVerifier both =
                new TokenVerifier(List.of(STRANGER, TestProbes.monitorKey()), TestProbes.TARGET::equals, Duration.ZERO);
        TokenSigner other = TestProbes.signer("stranger");
        String otherToken = other.sign(
                other.state(TestProbes.ID, TestProbes.TARGET, TestProbes.RETURN, TestProbes.SENT, TestProbes.VALIDITY));

        assertThat(both.verify(token, TestProbes.ARRIVAL)).isInstanceOf(Verification.Valid.class);
        assertThat(both.verify(otherToken, TestProbes.ARRIVAL)).isInstanceOf(Verification.Valid.class);
    }

    @Test
    void without_a_trusted_key_nothing_is_valid() {
        TokenVerifier nobody = new TokenVerifier(List.of(), to -> true, SKEW);

        assertThat(nobody.verify(token, TestProbes.ARRIVAL)).isEqualTo(new Verification.UnknownKey());
    }

    @Test
    void a_token_of_another_key_is_unknown() {
        TokenVerifier other = new TokenVerifier(List.of(STRANGER), TestProbes.TARGET::equals, SKEW);

        assertThat(other.verify(token, TestProbes.ARRIVAL)).isEqualTo(new Verification.UnknownKey());
    }

    @Test
    void a_token_that_names_a_trusted_key_and_is_signed_by_another_is_forged() {
        String forged = TestProbes.signer("stranger").sign(statement);

        assertThat(verify(forged)).isEqualTo(new Verification.Forged());
    }

    @Test
    void a_token_for_another_address_is_told_apart() {
        ProbeToken elsewhere = TestProbes.statement(TestProbes.MONITOR, TestProbes.RETURN);

        assertThat(verify(TestProbes.sign(elsewhere))).isEqualTo(new Verification.WrongAddress(elsewhere));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b", "abc", "====.====", "\u0000.\u0000", "ä.ö", "\uD83D\uDE00.x"})
    void what_has_no_token_form_is_malformed(String text) {
        assertThat(verify(text)).isInstanceOf(Verification.Malformed.class);
    }

    @Test
    void padding_blanks_and_a_third_part_are_malformed() {
        for (String changed :
                List.of(token + "=", token + "==", " " + token, token + "\n", token + ".", token + "." + token)) {
            assertThat(verify(changed)).isInstanceOf(Verification.Malformed.class);
        }
    }

    @Test
    void a_token_over_the_limit_is_malformed_before_it_is_decoded() {
        String longest = "A".repeat(TokenVerifier.LONGEST_TOKEN - token.length() + 1) + token;

        assertThat(verify(longest)).isInstanceOf(Verification.Malformed.class);
    }

    @Test
    void a_changed_byte_at_any_position_is_never_valid() {
        String[] parts = token.split("\\.", 2);
        byte[] payload = Base64.getUrlDecoder().decode(parts[0]);
        byte[] signature = Base64.getUrlDecoder().decode(parts[1]);
        for (int bit = 0; bit < 8; bit += 7) {
            for (int i = 0; i < payload.length + signature.length; i++) {
                byte[] changedPayload = payload.clone();
                byte[] changedSignature = signature.clone();
                byte[] changed = i < payload.length ? changedPayload : changedSignature;
                changed[i < payload.length ? i : i - payload.length] ^= (byte) (1 << bit);

                assertThat(verify(encode(changedPayload, changedSignature)))
                        .as("byte %d, bit %d", i, bit)
                        .isNotInstanceOf(Verification.Valid.class);
            }
        }
    }

    @Test
    void a_changed_character_at_any_position_is_never_valid() {
        for (int i = 0; i < token.length(); i++) {
            for (char replacement : new char[] {'A', 'B', '_', '-', '+', '/', '.', '=', ' ', '\n', 'é', 'Ł'}) {
                if (token.charAt(i) != replacement) {
                    String changed = token.substring(0, i) + replacement + token.substring(i + 1);

                    assertThat(verify(changed))
                            .as("character %d to %s", i, replacement)
                            .isNotInstanceOf(Verification.Valid.class);
                }
            }
        }
    }

    @Test
    void a_token_cut_anywhere_is_never_valid() {
        for (int i = 0; i < token.length(); i++) {
            assertThat(verify(token.substring(0, i))).isNotInstanceOf(Verification.Valid.class);
            assertThat(verify(token.substring(i + 1))).isNotInstanceOf(Verification.Valid.class);
        }
    }

    @Test
    void the_time_counts_to_the_microsecond_at_both_ends_and_skew_is_granted_at_both() {
        TokenVerifier lenient = new TokenVerifier(List.of(TestProbes.monitorKey()), TestProbes.TARGET::equals, SKEW);
        Instant earliest = statement.sent().minus(SKEW);
        Instant latest = statement.expires().plus(SKEW);

        assertThat(lenient.verify(token, earliest)).isInstanceOf(Verification.Valid.class);
        assertThat(lenient.verify(token, earliest.minus(1, ChronoUnit.MICROS)))
                .isEqualTo(new Verification.Expired(statement));
        assertThat(lenient.verify(token, latest)).isInstanceOf(Verification.Valid.class);
        assertThat(lenient.verify(token, latest.plus(1, ChronoUnit.MICROS)))
                .isEqualTo(new Verification.Expired(statement));
    }

    @Test
    void a_signed_payload_in_any_other_writing_is_malformed() throws Exception {
        String good = new String(statement.payload(), StandardCharsets.UTF_8);
        for (String other : List.of(
                good + "\n",
                good.replace("mailsonar-probe/1", "mailsonar-probe/2"),
                good.replace("to: webscout@company.test", "to: <webscout@company.test>"),
                good.replace("to: webscout", "to:  webscout"),
                good.replace("to: webscout@company.test", "to: webscout"),
                good.replace("03.456789Z\ne", "03.456789000Z\ne"),
                good.replace("2026-11-21T", "2026-13-21T"),
                good.replace("expires: 2026-11-22", "expires: 2026-11-20"),
                good.replace("return: ", "\nreturn: "),
                good + "\nmore: x",
                good.substring(0, good.lastIndexOf('\n')))) {
            Verification found = verify(signed(other.getBytes(StandardCharsets.UTF_8)));

            assertThat(found).as(other).isInstanceOf(Verification.Malformed.class);
            assertThat(found.text()).doesNotContain("webscout").doesNotContain("\n");
        }
    }

    @Test
    void a_signed_payload_that_is_not_utf_8_is_malformed() throws Exception {
        byte[] payload = statement.payload();
        payload[payload.length - 60] = (byte) 0xFF;

        assertThat(verify(signed(payload))).isInstanceOf(Verification.Malformed.class);
    }

    @Test
    void each_result_says_one_line_for_people() {
        for (Verification each : List.of(
                verify(token),
                verify("x"),
                new Verification.Missing(),
                new Verification.UnknownKey(),
                new Verification.Forged(),
                new Verification.Expired(statement),
                new Verification.WrongAddress(statement))) {
            assertThat(each.text()).isNotBlank().doesNotContain("\n", "\r");
        }
    }

    private static String signed(byte[] payload) throws Exception {
        PrivateKey key = TestKeys.pair("monitor").getPrivate();
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(payload);
        return encode(payload, signature.sign());
    }

    private static String encode(byte[] payload, byte[] signature) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(payload) + "." + encoder.encodeToString(signature);
    }

    private static final TokenVerifier VERIFIER = TestProbes.verifier();

    private static Verification verify(String text) {
        return VERIFIER.verify(text, TestProbes.ARRIVAL);
    }
}
