package org.mailsonar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.smtp.ListenerProtocol;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({"1ms, 1", "500ms, 500", "30s, 30000", "2m, 120000", "12h, 43200000", "1000d, 86400000000"})
    void a_duration_is_a_number_and_a_unit(String text, long millis) {
        assertThat(Quantities.duration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "s", "0s", "-5s", "1.5s", "5 s", "5S", "5s ", "5sec", "1h30m", "٣s", "1234567890s"})
    void anything_else_is_no_duration(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantities.duration(text))
                .withMessage("'" + text + "' is no duration; write for example 500ms, 30s, 2m, 12h or 1d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999d", "1001d", "24001h"})
    void a_duration_has_an_end(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantities.duration(text))
                .withMessage("'" + text + "' is out of range; a duration is 1ms to 1000d");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2048, 2048", "64KiB, 65536", "1MiB, 1048576", "64MiB, 67108864"})
    void a_size_is_a_number_of_bytes(String text, int bytes) {
        assertThat(Quantities.size(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "1 KiB", "1kib", "1KB", "1GiB", "-1", "1.5MiB", "9999999999"})
    void anything_else_is_no_size(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantities.size(text))
                .withMessage("'" + text + "' is no size; write for example 2048, 64KiB or 1MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0KiB", "65MiB", "67108865", "999999999MiB"})
    void a_size_has_bounds(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Quantities.size(text))
                .withMessage("'" + text + "' is out of range; a size is 1 byte to 64MiB");
    }

    @ParameterizedTest
    @CsvSource({
        "smtp://127.0.0.1:0, SMTP, 127.0.0.1, 0",
        "smtps://[::1]:2525, SMTPS, ::1, 2525",
        "smtp://127.0.0.1:25, SMTP, 127.0.0.1, 25",
        "lmtp://mx.test:65535, LMTP, mx.test, 65535"
    })
    void a_listener_has_a_host_and_a_port(String text, ListenerProtocol protocol, String host, int port) {
        assertThat(ListenUrl.parse(text))
                .isEqualTo(new ListenUrl(protocol, host, port))
                .hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2525",
                "127.0.0.1:2525",
                "smtp://127.0.0.1",
                "smtp://:2525",
                "lmtps://127.0.0.1:465",
                "imap://127.0.0.1:143",
                "smtp://127.0.0.1:2525#x",
                "smtp://127.0.0.1:2525/",
                "smtp://127.0.0.1:2525?x=y",
                "smtp://me@127.0.0.1:2525",
                "smtp://127.0.0.1:65536",
                "smtp://127.0.0.1:-1",
                "smtp://a b:25",
                "smtp:127.0.0.1:25"
            })
    void anything_else_is_nothing_to_listen_on(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenUrl.parse(text))
                .withMessageStartingWith("this is nothing to listen on; ");
    }

    @Test
    void lmtp_is_never_on_port_25() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenUrl.parse("lmtp://127.0.0.1:25"))
                .withMessage("port 25 is for SMTP, never for LMTP (RFC 2033 §5); choose another one, such as 2424");
    }
}
