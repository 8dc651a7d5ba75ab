package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compares the reader with what the standard says in plain words, for every short input that could matter. */
class SmtpContentReaderTest {

    private static final String ALPHABET = "a.\r\n";
    private static final int LONGEST_INPUT = 8;
    private static final ContentMemory ROOM = new ContentMemory(Long.MAX_VALUE);

    @Test
    void every_short_input_is_read_as_the_standard_says_however_it_is_cut() {
        for (int length = 1; length <= LONGEST_INPUT; length++) {
            int variants = (int) Math.pow(ALPHABET.length(), length);
            for (int number = 0; number < variants; number++) {
                String input = input(number, length);
                check(input, length);
                check(input, 1);
                check(input, 3);
            }
        }
    }

    @Test
    void a_fault_is_forgotten_with_its_message() {
        SmtpContentReader reader = new SmtpContentReader(100, ROOM);
        assertThat(feed(reader, "a\nb\r\n.\r\n", 100)).isEqualTo(8);
        assertThat(reader.fault()).isEqualTo(SmtpReply.BARE_LINE_END);
        reader.reset();
        assertThat(feed(reader, "c\r\n.\r\n", 100)).isEqualTo(6);
        assertThat(reader.fault()).isNull();
        assertThat(new String(reader.copyBehind(2), StandardCharsets.ISO_8859_1))
                .isEqualTo("\0\0c\r\n");
    }

    @Test
    void stuffed_dots_and_the_terminator_do_not_count_for_the_limit() {
        SmtpContentReader reader = new SmtpContentReader(4, ROOM);
        feed(reader, "..a\r\n.\r\n", 100);
        assertThat(reader.fault()).isNull();
        reader.reset();
        feed(reader, "..ab\r\n.\r\n", 2);
        assertThat(reader.fault()).isEqualTo(SmtpReply.TOO_LARGE);
    }

    private static void check(String input, int chunkSize) {
        SmtpContentReader reader = new SmtpContentReader(1000, ROOM);
        int end = ("\r\n" + input).indexOf("\r\n.\r\n");
        int consumed = feed(reader, input, chunkSize);
        assertThat(consumed).as(visible(input)).isEqualTo(end < 0 ? -1 : end + 3);
        if (end >= 0) {
            String content = input.substring(0, end);
            boolean bare = content.replace("\r\n", "").matches("(?s).*[\r\n].*");
            assertThat(reader.fault()).as(visible(input)).isEqualTo(bare ? SmtpReply.BARE_LINE_END : null);
            if (!bare) {
                String kept = ("\r\n" + content).replace("\r\n.", "\r\n").substring(2);
                assertThat(new String(reader.copyBehind(0), StandardCharsets.ISO_8859_1))
                        .as(visible(input))
                        .isEqualTo(kept);
            }
        }
    }

    /** Gives how many characters were read up to and with the terminator, or -1 where it did not come. */
    private static int feed(SmtpContentReader reader, String input, int chunkSize) {
        for (int start = 0; start < input.length(); start += chunkSize) {
            String piece = input.substring(start, Math.min(input.length(), start + chunkSize));
            ByteBuf chunk = Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1);
            if (reader.read(chunk)) {
                return start + chunk.readerIndex();
            }
        }
        return -1;
    }

    private static String input(int number, int length) {
        StringBuilder input = new StringBuilder(length);
        IntStream.iterate(number, rest -> rest / ALPHABET.length())
                .limit(length)
                .forEach(rest -> input.append(ALPHABET.charAt(rest % ALPHABET.length())));
        return input.toString();
    }

    private static String visible(String input) {
        return input.replace("\r", "<CR>").replace("\n", "<LF>");
    }
}
