package org.mailsonar.roundtrip.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The properties, tried with garbage and with returns that somebody damaged; the same ones each time. */
class EvidencePropertiesTest {

    private static final List<String> PIECES = List.of(
            "Received: ",
            "\n",
            "\n\n",
            "\t",
            "; ",
            "(",
            ")",
            "\"",
            "\\",
            " from ",
            " by ",
            " with ",
            " id ",
            " tls ",
            "Sat, 21 Nov 2026 01:02:05 +0000",
            "TLSv1.3",
            "Authentication-Results: mx1.company.test; ",
            "spf=pass ",
            "X-Spam-Flag: ",
            "--b\n",
            "Content-Type: text/rfc822-headers\n\n",
            " [received 2026-11-21T01:02:06.956Z]",
            "Mailsonar-Return: 1; id=01KAJ2V0N2Q4Q4X8YB7D6S5T3R; received=9999-11-21T01:02:06.956Z; agent=x",
            "Subject: ",
            "\u0000",
            "\u00ff",
            "\r\n",
            "helo",
            "=",
            "using TLS1");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void garbage_made_of_known_pieces_keeps_all_properties(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(60);
            for (int piece = 0; piece < length; piece++) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            EvidenceProperties.check(text.toString().getBytes(ISO_8859_1));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8})
    void damaged_returns_keep_all_properties(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            for (String sample : EvidenceTest.samples()) {
                byte[] raw = sample.getBytes(ISO_8859_1);
                for (int change = random.nextInt(8); change >= 0; change--) {
                    raw[random.nextInt(raw.length)] = (byte) random.nextInt(256);
                }
                EvidenceProperties.check(raw);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10})
    void damaged_texts_are_evidence_or_none(long seed) {
        Random random = new Random(seed);
        String whole = Evidence.read(
                        EvidenceTest.message(EvidenceTest.RETURN),
                        EvidenceTest.SENT,
                        EvidenceTest.ROUND_TRIP,
                        java.util.Set.of("mx1.company.test"))
                .toText();
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(whole);
            for (int change = random.nextInt(4); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), "{}[]\",:0-9x\\".charAt(random.nextInt(12)));
            }
            EvidenceProperties.checkText(text.toString());
        }
    }
}
