package org.mailsonar.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedPrintableTest {

    @Test
    void any_bytes_come_back_as_they_were() {
        Random random = new Random(20261121);
        byte[] alphabet = "ab =\t\r\n.\u00e4\u0000".getBytes(ISO_8859_1);
        for (int round = 0; round < 5000; round++) {
            byte[] text = new byte[random.nextInt(300)];
            for (int i = 0; i < text.length; i++) {
                text[i] = round % 2 == 0 ? (byte) random.nextInt(256) : alphabet[random.nextInt(alphabet.length)];
            }
            String encoded = new String(QuotedPrintable.encode(text), ISO_8859_1);

            assertThat(QuotedPrintable.decode(encoded.getBytes(ISO_8859_1))).isEqualTo(text);
            assertThat(encoded).matches("[\r\n !-~]*");
            assertThat(encoded.split("\r\n", -1))
                    .allSatisfy(line -> assertThat(line)
                            .hasSizeLessThan(77)
                            .doesNotContain("\r", "\n")
                            .doesNotEndWith(" "));
        }
    }

    @Test
    void plain_text_stays_readable() {
        assertThat(encode("Hello, =World \r\n")).isEqualTo("Hello, =3DWorld=20\r\n");
        assertThat(encode("a\rb\nc\t")).isEqualTo("a=0Db=0Ac=09");
        assertThat(encode("ä")).isEqualTo("=E4");
    }

    @ParameterizedTest
    @CsvSource({"a=3Db,a=b", "a=3db,a=b", "'a=\r\nb',ab", "'a=\nb',ab", "'a= \t\r\nb',ab"})
    void encodings_of_every_writing_are_undone(String encoded, String text) {
        assertThat(decode(encoded)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "a=", "=4", "=G1", "=1G", "a = b", "= ", "=\r", "=\u00e4\u00e4", "=\u0000\u0000"})
    void what_is_no_encoding_stays_as_it_is(String text) {
        assertThat(decode(text)).isEqualTo(text);
    }

    private static String encode(String text) {
        return new String(QuotedPrintable.encode(text.getBytes(ISO_8859_1)), ISO_8859_1);
    }

    private static String decode(String text) {
        return new String(QuotedPrintable.decode(text.getBytes(ISO_8859_1)), ISO_8859_1);
    }
}
