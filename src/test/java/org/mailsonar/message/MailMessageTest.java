package org.mailsonar.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailMessageTest {

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void header_and_body_are_told_apart_with_either_line_end(String end) {
        MailMessage message = message("A: 1" + end + "B: 2" + end + end + "body" + end + end + "C: 3" + end);

        assertThat(names(message)).containsExactly("A", "B");
        assertThat(message.headerBytes()).asString(ISO_8859_1).isEqualTo("A: 1" + end + "B: 2" + end);
        assertThat(message.body()).asString(ISO_8859_1).isEqualTo("body" + end + end + "C: 3" + end);
    }

    @Test
    void both_line_ends_may_be_mixed() {
        assertThat(names(message("A: 1\r\nB: 2\nC: 3\r\n\nbody"))).containsExactly("A", "B", "C");
    }

    @Test
    void a_folded_field_is_one_field_and_keeps_its_bytes() {
        MailMessage message = message("A: 1\r\n 2\r\n\t3\r\nB: 4\r\n\r\n");

        assertThat(message.headers()).first().isEqualTo(new Header("A", " 1\r\n 2\r\n\t3"));
        assertThat(message.headers()).first().extracting(Header::value).isEqualTo("1 2\t3");
    }

    @Test
    void a_fold_of_blanks_alone_ends_nothing() {
        MailMessage message = message("A: 1\r\n \t\r\n 2\r\nB: 3\r\n\r\nbody");

        assertThat(names(message)).containsExactly("A", "B");
        assertThat(message.first("A").orElseThrow().value()).isEqualTo("1 \t 2");
    }

    @Test
    void names_are_found_in_any_case_and_with_blanks_before_the_colon() {
        MailMessage message = message("sUBJECT \t: x\r\nSubject:y\r\nSubjects: z\r\n\r\n");

        assertThat(message.all("Subject").map(Header::value)).containsExactly("x", "y");
        assertThat(message.first("SUBJECT").orElseThrow().name()).isEqualTo("sUBJECT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"From probe@monitor.test Sat Nov 21\n", ">From x\r\n", "From \n"})
    void an_mbox_line_in_front_belongs_to_neither_header_nor_body(String line) {
        MailMessage message = message(line + "A: 1\r\n\r\nbody");

        assertThat(names(message)).containsExactly("A");
        assertThat(message.headerBytes()).asString(ISO_8859_1).isEqualTo("A: 1\r\n");
        assertThat(message.body()).asString(ISO_8859_1).isEqualTo("body");
        assertThat(message.bytes()).asString(ISO_8859_1).startsWith(line);
    }

    @Test
    void a_from_field_is_no_mbox_line() {
        assertThat(names(message("From: a@b.test\r\n\r\n"))).containsExactly("From");
        assertThat(names(message("From : a@b.test\r\nA: 1\r\n\r\n"))).containsExactly("A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no field here", ": no name", "two words: x", "ümlaut: x", " fold of nothing", "\u0000: x"})
    void a_line_that_is_no_field_begins_the_body(String line) {
        MailMessage first = message(line + "\r\nA: 1\r\n");
        assertThat(first.headers()).isEmpty();
        assertThat(first.body()).asString(ISO_8859_1).isEqualTo(line + "\r\nA: 1\r\n");

        MailMessage later = message("A: 1\r\n" + (line.startsWith(" ") ? "\r\n" : "") + line);
        assertThat(names(later)).containsExactly("A");
        assertThat(later.body()).asString(ISO_8859_1).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A: 1", "A: 1\r", "A: 1\n", "A: 1\r\n"})
    void a_header_may_end_with_the_message(String text) {
        MailMessage message = message(text);

        assertThat(message.first("A").orElseThrow().value()).isEqualTo("1");
        assertThat(message.body()).isEmpty();
        assertThat(message.headerBytes()).asString(ISO_8859_1).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "From x", ">", "\r"})
    void next_to_nothing_is_a_message(String text) {
        MailMessage message = message(text);

        assertThat(message.headers()).isEmpty();
        assertThat(message.size()).isEqualTo(text.length());
        assertThat(message.first("A")).isEmpty();
    }

    @Test
    void nul_and_eight_bit_octets_are_kept() {
        MailMessage message = message("A: \u0000\u00ff\u0080\r\n\r\n\u0000\u00ff");

        assertThat(message.first("A").orElseThrow().rawValue()).isEqualTo(" \u0000\u00ff\u0080");
        assertThat(message.body()).containsExactly(0, 0xFF);
    }

    @Test
    void a_bare_cr_ends_no_line() {
        MailMessage message = message("A: 1\rB: 2\r\n\r\nbody");

        assertThat(names(message)).containsExactly("A");
        assertThat(message.first("A").orElseThrow().value()).isEqualTo("1\rB: 2");
    }

    @Test
    void a_header_of_ten_thousand_fields_is_read_whole() {
        MailMessage message = message("Received: x\r\n y\r\n".repeat(10_000) + "\r\nbody");

        assertThat(message.headers()).hasSize(10_000);
        assertThat(message.body()).hasSize(4);
    }

    @Test
    void a_field_of_ten_thousand_folds_is_one_field() {
        assertThat(message("A: x" + "\r\n y".repeat(10_000) + "\r\n\r\n").headers())
                .hasSize(1);
    }

    @Test
    void every_byte_of_garbage_is_in_the_mbox_line_the_header_the_gap_or_the_body() {
        Random random = new Random(20261121);
        byte[] alphabet = "AB:: \t\r\n\n\u0000\u00ff>From ".getBytes(ISO_8859_1);
        for (int round = 0; round < 5000; round++) {
            byte[] raw = new byte[random.nextInt(200)];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = round % 2 == 0 ? (byte) random.nextInt(256) : alphabet[random.nextInt(alphabet.length)];
            }
            MailMessage message = MailMessage.of(raw.clone());
            byte[] body = message.body();

            assertThat(message.bytes()).isEqualTo(raw);
            assertThat(body).isEqualTo(Arrays.copyOfRange(raw, raw.length - body.length, raw.length));
            assertThat(new String(raw, ISO_8859_1)).contains(new String(message.headerBytes(), ISO_8859_1));
            assertThat(message.headerBytes().length + body.length).isLessThanOrEqualTo(raw.length);
        }
    }

    @Test
    void what_is_given_out_can_be_changed_without_changing_the_message() {
        MailMessage message = message("A: 1\r\n\r\nbody");
        Arrays.fill(message.bytes(), (byte) 0);
        Arrays.fill(message.body(), (byte) 0);
        Arrays.fill(message.headerBytes(), (byte) 0);

        assertThat(message.bytes()).asString(ISO_8859_1).isEqualTo("A: 1\r\n\r\nbody");
    }

    private static List<String> names(MailMessage message) {
        return message.headers().stream().map(Header::name).toList();
    }

    private static MailMessage message(String text) {
        return MailMessage.of(text.getBytes(ISO_8859_1));
    }
}
