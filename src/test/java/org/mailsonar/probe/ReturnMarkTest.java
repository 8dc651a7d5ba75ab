package org.mailsonar.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.MailMessage;

class ReturnMarkTest {

    private static final String ID = "id=01KAJ2V0N2Q4Q4X8YB7D6S5T3R";
    private static final String RECEIVED = "received=2026-11-21T01:02:07.777Z";
    private static final ReturnMark MARK =
            new ReturnMark(TestProbes.ID, Instant.parse("2026-11-21T01:02:07.777999Z"), "mx1.company.test", "0.1");

    @Test
    void a_mark_is_written_as_the_wire_format_says() {
        assertThat(MARK.value()).isEqualTo("1; " + ID + "; " + RECEIVED + "; agent=mx1.company.test; version=0.1");
    }

    @Test
    void what_is_written_is_read_again() {
        assertThat(read(MARK.value())).contains(MARK);
    }

    @Test
    void order_blanks_folds_and_further_fields_do_not_matter() {
        assertThat(read("1;version=0.1;" + RECEIVED + "\r\n\t; new=x;  agent=mx1.company.test ;" + ID))
                .contains(MARK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                ";",
                "2; " + ID + "; " + RECEIVED,
                "1; " + ID,
                "1; " + RECEIVED,
                "1; id=x; " + RECEIVED,
                "1; " + ID + "; received=yesterday",
                "1; " + ID + "; received=2026-11-21T01:02:60.000Z",
                "1; " + ID + "; received=2026-11-21T01:02:07.777+01:00",
                "1; a; b; c; d; e; f; g; " + ID + "; " + RECEIVED
            })
    void what_cannot_be_read_is_no_mark_and_still_marks_a_return(String value) {
        assertThat(read(value)).isEmpty();
        assertThat(ReturnMark.isOn(message(value))).isTrue();
    }

    @Test
    void mail_without_the_field_is_no_return() {
        MailMessage message =
                MailMessage.of("X-Mailsonar-Return: 1\r\n\r\nMailsonar-Return: 1\r\n".getBytes(ISO_8859_1));

        assertThat(ReturnMark.isOn(message)).isFalse();
        assertThat(ReturnMark.read(message)).isEmpty();
    }

    @Test
    void a_hostile_name_can_neither_end_the_line_nor_add_a_field() {
        ReturnMark mark =
                new ReturnMark(TestProbes.ID, TestProbes.SENT, "a\r\nBcc: x@y; id=z\u0000\u007fä\u2028b", "\t \r\n");

        assertThat(mark.agent()).isEqualTo("aBcc:x@yid=zb");
        assertThat(mark.version()).isEqualTo("unknown");
        assertThat(read(mark.value())).contains(mark);
    }

    @Test
    void a_name_of_any_length_is_cut() {
        ReturnMark mark = new ReturnMark(TestProbes.ID, TestProbes.SENT, "x".repeat(100_000), "");

        assertThat(mark.agent()).hasSize(255);
        assertThat(mark.value()).hasSizeLessThan(400);
    }

    private static Optional<ReturnMark> read(String value) {
        return ReturnMark.read(message(value));
    }

    private static MailMessage message(String value) {
        return MailMessage.of(("Mailsonar-Return: " + value + "\r\n\r\n").getBytes(ISO_8859_1));
    }
}
