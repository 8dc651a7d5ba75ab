package org.mailsonar.report.daily;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "-12.500000, -12.500000",
                "+3, +3",
                "0, 0",
                "-, '-",
                "-1+2, '-1+2",
                "=1, '=1",
                "@sum, '@sum",
                "-cmd|x, '-cmd|x",
                "say \"yes\", \"say \"\"yes\"\"\""
            })
    void a_number_stays_one_and_no_text_is_a_formula(String text, String field) {
        assertThat(Csv.field(text)).isEqualTo(field);
    }
}
