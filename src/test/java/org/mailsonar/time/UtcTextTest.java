package org.mailsonar.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {

    private static final DateTimeFormatter MICROS = formatter("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final DateTimeFormatter MILLIS = formatter("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter MAIL_DATE = formatter("EEE, d MMM uuuu HH:mm:ss '+0000'");

    @Test
    void instants_are_written_as_the_platform_writes_them_and_read_again() {
        long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        Random random = new Random(20261121);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(first, last + 1), random.nextInt(1_000_000_000));

            assertThat(UtcText.micros(instant)).isEqualTo(MICROS.format(instant));
            assertThat(UtcText.millis(instant)).isEqualTo(MILLIS.format(instant));
            assertThat(UtcText.mailDate(instant)).isEqualTo(MAIL_DATE.format(instant));
            assertThat(UtcText.parse(UtcText.micros(instant))).isEqualTo(instant.truncatedTo(ChronoUnit.MICROS));
            assertThat(UtcText.parse(UtcText.millis(instant))).isEqualTo(instant.truncatedTo(ChronoUnit.MILLIS));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T01:02:03.4Z,2026-11-21T01:02:03.4Z",
        "2026-11-21T01:02:03.000000001Z,2026-11-21T01:02:03.000000001Z",
        "2024-02-29T23:59:59.999Z,2024-02-29T23:59:59.999Z",
        "0000-01-01T00:00:00.0Z,0000-01-01T00:00:00Z"
    })
    void any_fraction_is_read(String text, Instant instant) {
        assertThat(UtcText.parse(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-21T01:02:03Z",
                "2026-11-21T01:02:03.Z",
                "2026-11-21T01:02:03.0000000001Z",
                "2026-11-21T01:02:03.456z",
                "2026-11-21t01:02:03.456Z",
                "2026-11-21 01:02:03.456Z",
                "2026-11-21T01:02:03,456Z",
                "2026-11-21T01:02:03.456+00:00",
                "2026-11-21T01:02:03.456",
                " 2026-11-21T01:02:03.456Z",
                "2026-11-21T01:02:03.456Z\n",
                "2026-11-21T01:02:60.000Z",
                "2026-11-21T24:00:00.000Z",
                "2026-13-21T01:02:03.456Z",
                "2026-02-29T01:02:03.456Z",
                "2026-11-00T01:02:03.456Z",
                "+026-11-21T01:02:03.456Z",
                "-026-11-21T01:02:03.456Z",
                "2026-11-21T01:-2:03.456Z",
                "2026/11/21T01:02:03.456Z",
                "2026-11-21T01.02.03.456Z",
                "２026-11-21T01:02:03.456Z",
                "2026-11-21T01:02:03.4\u0000Z"
            })
    void what_is_written_otherwise_is_refused(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> UtcText.parse(text));
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
