package org.mailsonar.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.MailMessage;

class ReturnSignatureTest {

    private static final ReturnMark MARK = new ReturnMark(TestProbes.ID, TestProbes.ARRIVAL, "mx1.company.test", "0.1");

    private final KeyPair pair = TestKeys.pair("reflector");
    private final TrustedKey key = TestKeys.trusted("reflector");
    private final String signature = new ReturnSigner(pair.getPrivate()).sign(MARK);
    private final String good = "Mailsonar-Return: " + MARK.value() + "\r\nMailsonar-Return-Signature: " + signature
            + "\r\nSubject: x\r\n\r\n";

    @Test
    void what_a_reflector_has_signed_is_valid() {
        assertThat(check(good)).isEqualTo(ReturnSignature.Check.VALID);
    }

    @Test
    void the_signed_bytes_are_the_three_values_each_with_a_line_feed() throws Exception {
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(pair.getPublic());
        verifier.update((TestProbes.ID + "\n2026-11-21T01:02:07.777Z\nmx1.company.test\n").getBytes(US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(signature))).isTrue();
    }

    @Test
    void another_key_has_not_signed_it() {
        assertThat(ReturnSignature.check(message(good), TestProbes.ID, TestKeys.trusted("stranger")))
                .isEqualTo(ReturnSignature.Check.FORGED);
    }

    @Test
    void the_signed_mark_of_one_probe_proves_nothing_of_another() {
        ProbeId other = new ProbeId("01KAJ2V0N2Q4Q4X8YB7D6S5T40");
        assertThat(ReturnSignature.check(message(good), other, key)).isEqualTo(ReturnSignature.Check.FORGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: x\r\n\r\n",
                "Mailsonar-Return: 1; id=x\r\n\r\n",
                "Mailsonar-Return-Signature: AAAA\r\n\r\n",
                "X-Mailsonar-Return-Signature: AAAA\r\nMailsonar-Return: 1\r\n\r\n"
            })
    void without_mark_or_signature_it_is_missing(String text) {
        assertThat(check(text)).isEqualTo(ReturnSignature.Check.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "; id=01KAJ2V0N2Q4Q4X8YB7D6S5T3R|; id=01KAJ2V0N2Q4Q4X8YB7D6S5T3S",
                "; id=01KAJ2V0N2Q4Q4X8YB7D6S5T3R|",
                "; id=|; id=01KAJ2V0N2Q4Q4X8YB7D6S5T3S; id=",
                "received=2026-11-21T01:02:07.777Z|received=2026-11-21T01:02:07.778Z",
                "received=2026-11-21T01:02:07.777Z|received=2026-11-21T01:02:07.777000Z",
                "received=|received=2026-11-21T01:02:07.778Z; received=",
                "agent=mx1|agent=mx2",
                "agent=mx1.company.test|agent=MX1.company.test",
                "agent=mx1.company.test|agent=mx1.company.test\u00e4",
                "agent=mx1.company.test|agent=mx1. company.test",
                "agent=|agent=mx2; agent="
            })
    void an_altered_value_is_seen(String change) {
        String[] fromTo = change.split("\\|", 2);
        String altered = good.replace(fromTo[0], fromTo[1]);
        assertThat(altered).isNotEqualTo(good);
        assertThat(check(altered)).isEqualTo(ReturnSignature.Check.FORGED);
    }

    @Test
    void the_signature_altered_at_any_place_is_wrong() {
        for (int i = 0; i < signature.length(); i++) {
            for (char other : new char[] {'A', 'b', '_', '=', '*'}) {
                String changed = signature.substring(0, i) + other + signature.substring(i + 1);
                if (!changed.equals(signature)) {
                    assertThat(check(good.replace(signature, changed))).isEqualTo(ReturnSignature.Check.FORGED);
                }
            }
        }
        for (String changed : new String[] {"", signature + "A", signature + "=", signature.substring(1)}) {
            assertThat(check(good.replace(signature, changed))).isEqualTo(ReturnSignature.Check.FORGED);
        }
    }

    @Test
    void gateways_may_fold_both_fields_anew_and_write_their_names_another_way() {
        String folded = good.replace("; ", ";\r\n\t")
                .replace(signature, "\r\n " + signature.substring(0, 60) + "\r\n\t" + signature.substring(60) + " ")
                .replace("Mailsonar-Return", "MAILSONAR-RETURN");
        assertThat(check(folded)).isEqualTo(ReturnSignature.Check.VALID);
        assertThat(check(folded.replace("\r\n", "\n"))).isEqualTo(ReturnSignature.Check.VALID);
    }

    @Test
    void the_version_is_not_signed_and_a_changed_one_does_no_harm() {
        assertThat(check(good.replace("version=0.1", "version=9"))).isEqualTo(ReturnSignature.Check.VALID);
    }

    private ReturnSignature.Check check(String text) {
        return ReturnSignature.check(message(text), TestProbes.ID, key);
    }

    private static MailMessage message(String text) {
        return MailMessage.of(text.getBytes(ISO_8859_1));
    }
}
