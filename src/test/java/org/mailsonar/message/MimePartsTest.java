package org.mailsonar.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MimePartsTest {

    @Test
    void a_plain_message_is_its_own_only_part() {
        assertThat(texts("A: 1\r\n\r\nbody")).containsExactly("body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boundary=b",
                "boundary=\"b\"",
                "BOUNDARY = \"b\"",
                "charset=x;\r\n\tboundary=b; z=y",
                "boundary=b "
            })
    void parts_are_found_however_the_boundary_is_written(String parameter) {
        assertThat(texts("Content-Type: Multipart/Mixed; " + parameter + "\r\n\r\n" + "before\r\n" + part("b", "one")
                        + part("b", "two") + "--b--\r\nbehind"))
                .hasSize(3)
                .endsWith("one\r\n", "two\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "; boundary", "; boundary=", "; boundary=\"\"", "; boundary=\"", "; x=boundary=b"})
    void without_a_boundary_there_is_no_part(String parameter) {
        assertThat(texts("Content-Type: multipart/mixed" + parameter + "\r\n\r\n" + part("b", "one")))
                .hasSize(1);
    }

    @Test
    void a_boundary_that_never_ends_still_gives_its_last_part() {
        assertThat(texts(multipart("b") + part("b", "one") + "--b\r\n\r\ntwo")).endsWith("one\r\n", "two");
        assertThat(texts(multipart("b") + "--b")).hasSize(1);
    }

    @Test
    void a_line_that_only_begins_like_the_boundary_divides_nothing() {
        assertThat(texts(multipart("b") + "--b \t\r\n\r\none\r\n--bc\r\n--b-\r\n--b--x\r\nmore\r\n--b--\r\n\r\nbehind"))
                .endsWith("one\r\n--bc\r\n--b-\r\n--b--x\r\nmore\r\n")
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quoted-printable\r\n\r\na=20=\r\nb",
                "QUOTED-PRINTABLE\r\n\r\na =\nb",
                "base64\r\n\r\nYSBi",
                "Base64\r\n\r\nY*S\r\nBi====",
                "x-new\r\n\r\na b",
                "\r\n\r\na b"
            })
    void transfer_encodings_are_undone_as_far_as_they_are_known(String encodingAndBody) {
        assertThat(texts("Content-Transfer-Encoding: " + encodingAndBody)).containsExactly("a b");
    }

    @Test
    void base64_ends_at_its_padding_and_loses_no_more_than_a_digit_without_it() {
        assertThat(texts("Content-Transfer-Encoding: base64\r\n\r\nYSA=\r\nA footer."))
                .containsExactly("a ");
        assertThat(texts("Content-Transfer-Encoding: base64\r\n\r\nYSBiY")).containsExactly("a b");
        assertThat(texts("Content-Transfer-Encoding: base64\r\n\r\n")).containsExactly("");
    }

    @Test
    void wide_characters_become_narrow() {
        String wide = new String("token".getBytes(UTF_16LE), ISO_8859_1);

        assertThat(texts("Content-Type: text/plain; charset=UTF-16LE\r\n\r\n" + wide))
                .containsExactly("token");
        assertThat(texts("Content-Type: text/plain; charset=\"utf-16\"\r\n\r\n\u00ff\u00fe" + wide))
                .containsExactly("token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16x", "utf-16zz", "utf-16-", "utf-161", "\"", "\u0000", "ütf", "utf-8", "none"})
    void an_unknown_character_set_is_taken_as_ascii(String charset) {
        assertThat(texts("Content-Type: text/plain; charset=" + charset + "\r\n\r\ntoken"))
                .containsExactly("token");
    }

    @Test
    void attached_messages_are_opened() {
        String inner = "Content-Type: text/plain\r\n\r\ninner";
        String base64 = Base64.getEncoder().encodeToString(inner.getBytes(ISO_8859_1));

        assertThat(texts("Content-Type: message/rfc822\r\n\r\n" + inner)).endsWith("inner");
        assertThat(texts("Content-Type: message/global\r\n\r\n" + inner)).endsWith("inner");
        assertThat(texts("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64))
                .endsWith("inner");
    }

    @Test
    void a_thousand_messages_inside_each_other_are_opened_to_a_bounded_depth() {
        assertThat(texts("Content-Type: message/rfc822\r\n\r\n".repeat(1000) + "end"))
                .hasSizeLessThan(20);
        StringBuilder nested = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            nested.append(multipart("b" + i)).append("--b").append(i).append("\r\n");
        }
        assertThat(texts(nested.toString())).hasSizeLessThan(20);
    }

    @Test
    void of_ten_thousand_parts_a_bounded_number_is_looked_at() {
        assertThat(texts(multipart("b") + "--b\r\n\r\nx\r\n".repeat(10_000))).hasSizeLessThan(200);
        assertThat(texts(multipart("b") + "--b\r\n".repeat(10_000))).hasSizeLessThan(200);
        assertThat(texts(multipart("b") + ("--b\r\n" + multipart("b")).repeat(10_000)))
                .hasSizeLessThan(200);
    }

    /** Work is counted in bytes allocated: twice the message may take about twice of them, never four times. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: multipart/mixed#;\r\n\r\nx",
                "Content-Type: multipart/mixed#; \t\r\n\r\nx",
                "Content-Type: multipart/mixed#;boundary\r\n\r\nx",
                "Content-Type: multipart/mixed#;boundary=\r\n\r\nx",
                "Content-Type: text/plain#\r\n ;\r\n\r\nx",
                "#Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n#--b\r\n\r\nx\r\n",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n#--b--",
                "Content-Transfer-Encoding: quoted-printable\r\n\r\n#= \t",
                "Content-Transfer-Encoding: base64\r\n\r\n#=A"
            })
    void work_grows_no_faster_than_the_message(String shape) {
        allocated(grown(shape, 1000)); // the first call loads classes
        long once = allocated(grown(shape, 10_000));
        long twice = allocated(grown(shape, 20_000));

        assertThat(twice).isLessThan(3 * once);
        assertThat(once).isLessThan(100L * grown(shape, 10_000).length);
    }

    @Test
    void random_structures_end_in_a_result() {
        Random random = new Random(20261121);
        List<String> pieces = List.of(
                "--b",
                "--b--",
                "--",
                "\r\n",
                "\n",
                "\r\n\r\n",
                "=",
                "=\r\n",
                "text ",
                multipart("b"),
                multipart("--"),
                "Content-Type: message/rfc822\r\n",
                "Content-Transfer-Encoding: base64\r\n",
                "\u0000\u00ff",
                "Content-Transfer-Encoding: quoted-printable\r\n",
                "Content-Type: text/x; charset=utf-16\r\n",
                ";");
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i >= 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            assertThat(texts(text.toString())).doesNotContainNull().hasSizeBetween(1, 100);
        }
    }

    private static byte[] grown(String shape, int times) {
        int mark = shape.indexOf('#');
        String line = shape.substring(mark + 1);
        int end = mark > 0 && !shape.substring(0, mark).contains("\r\n\r\n")
                ? line.lastIndexOf("\r\n\r\n")
                : line.length();
        return (shape.substring(0, mark) + line.substring(0, end).repeat(times) + line.substring(end))
                .getBytes(ISO_8859_1);
    }

    private static long allocated(byte[] message) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        MimeParts.of(MailMessage.of(message)).forEach(MimeParts::text);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static String multipart(String boundary) {
        return "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n";
    }

    private static String part(String boundary, String text) {
        return "--" + boundary + "\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n";
    }

    private static List<String> texts(String message) {
        return MimeParts.of(MailMessage.of(message.getBytes(ISO_8859_1))).stream()
                .map(MimeParts::text)
                .toList();
    }
}
