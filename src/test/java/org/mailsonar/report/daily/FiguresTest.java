package org.mailsonar.report.daily;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, 0.000 s
            9999, 9.999 s
            12345, 12.3 s
            99949, 99.9 s
            99950, 100 s
            599000, 599 s
            599500, 10 min
            5969000, 99 min
            5970000, 1.7 h
            359819000, 99.9 h
            359820000, 100 h
            """)
    void a_brief_time_has_at_most_seven_characters(long millis, String brief) {
        assertThat(Figures.brief(Duration.ofMillis(millis))).isEqualTo(brief).hasSizeLessThanOrEqualTo(7);
    }

    @Test
    void a_time_that_is_not_there_is_a_dash() {
        assertThat(Figures.brief(null)).isEqualTo("–");
    }

    @Test
    void only_none_at_all_is_a_share_of_nothing() {
        assertThat(Figures.share(Figures.share(0, 7))).isEqualTo("0.00 %");
        assertThat(Figures.share(Figures.share(1, 1_000_000))).isEqualTo("0.01 %");
        assertThat(Figures.share(Figures.share(1, 100))).isEqualTo("1.00 %");
        assertThat(Figures.share(Figures.share(7, 7))).isEqualTo("100.00 %");
        assertThat(Figures.share(Figures.share(0, 0))).isEqualTo("–");
        assertThat(Figures.share(OptionalDouble.empty())).isEqualTo("–");
    }
}
