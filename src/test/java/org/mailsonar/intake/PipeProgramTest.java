package org.mailsonar.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.testing.TestClock;

class PipeProgramTest {

    private static final int LIMIT = 1000;
    private static final EmailAddress OWN = EmailAddress.parse("webscout@company.test");

    private final TestClock clock = new TestClock(TestProbes.SENT);
    private final List<ReceivedMail> handled = new ArrayList<>();

    @Test
    void the_envelope_comes_from_the_environment() throws IOException {
        ReceivedMail mail = run("Subject: x\n\n", Map.of("SENDER", "me@monitor.test", "RECIPIENT", "a+b@company.test"));
        assertThat(mail.envelope().sender()).hasToString("me@monitor.test");
        assertThat(mail.envelope().recipients()).singleElement().hasToString("a+b@company.test");
        assertThat(mail.client()).isEqualTo("pipe");
        assertThat(mail.truncated()).isFalse();
        assertThat(mail.received()).isEqualTo(clock.now());
        assertThat(mail.resolution()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void the_original_recipient_goes_before_the_one_it_was_rewritten_to() throws IOException {
        assertThat(run("", Map.of("ORIGINAL_RECIPIENT", "first@company.test", "RECIPIENT", "last@company.test"))
                        .envelope()
                        .recipients())
                .singleElement()
                .hasToString("first@company.test");
        assertThat(run("", Map.of("ORIGINAL_RECIPIENT", "local user", "RECIPIENT", "last@company.test"))
                        .envelope()
                        .recipients())
                .singleElement()
                .hasToString("last@company.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MAILER-DAEMON",
                "<>",
                "nobody",
                "a@b@c d",
                "-oX@monitor.test",
                "x@monitor.test\nBcc: y@monitor.test",
                "\"quoted part\"@monitor.test",
                "$(reboot)@monitor.test",
                "\u202Ex@monitor.test",
                "@monitor.test"
            })
    void a_sender_that_is_no_plain_address_is_the_empty_one(String sender) throws IOException {
        assertThat(run("Return-Path: <other@monitor.test>\n\n", Map.of("SENDER", sender))
                        .envelope()
                        .sender())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "x y@company.test", "x@company.test\r\nX: y"})
    void a_recipient_that_is_no_plain_address_is_the_own_one(String recipient) throws IOException {
        assertThat(run("", Map.of("RECIPIENT", recipient)).envelope().recipients())
                .containsExactly(OWN);
    }

    @Test
    void without_an_environment_the_return_path_tells_the_sender() throws IOException {
        assertThat(sender("Return-Path: <me@monitor.test>\n\n")).isEqualTo(EmailAddress.parse("me@monitor.test"));
        assertThat(sender("Return-Path: <>\n\n")).isNull();
        assertThat(sender("Return-Path: rubbish\n\n")).isNull();
        assertThat(sender("From: <me@monitor.test>\n\n")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "999, 999, false", "1000, 1000, false", "1001, 1000, true", "1000000, 1000, true"})
    void a_message_is_cut_just_behind_the_limit(int length, int kept, boolean truncated) throws IOException {
        ReceivedMail mail = run("x".repeat(length), Map.of());
        assertThat(mail.message().size()).isEqualTo(kept);
        assertThat(mail.truncated()).isEqualTo(truncated);
    }

    @Test
    void of_two_hundred_megabytes_no_more_than_the_limit_is_kept_and_all_is_read() throws IOException {
        Endless input = new Endless(200_000_000L);
        Disposition disposition = program().run(input, Map.of());
        assertThat(disposition.name()).isEqualTo("accepted");
        assertThat(input.left).isZero();
        assertThat(input.largestRead).isLessThanOrEqualTo(64 * 1024);
        assertThat(handled.getFirst().message().size()).isEqualTo(LIMIT);
    }

    @Test
    void the_moment_of_arrival_is_the_one_of_the_last_byte() throws IOException {
        InputStream slow = new ByteArrayInputStream("x".repeat(5_000).getBytes(ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                clock.pass(Duration.ofSeconds(1));
                return super.read(buffer, offset, Math.min(length, 100));
            }
        };
        program().run(slow, Map.of());
        assertThat(handled.getFirst().received()).isEqualTo(clock.now());
    }

    @Test
    void a_message_that_breaks_off_is_handled_by_nobody() {
        InputStream broken = new FilterInputStream(new ByteArrayInputStream(new byte[100])) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (available() == 0) {
                    throw new IOException("broken");
                }
                return super.read(buffer, offset, length);
            }
        };
        assertThatThrownBy(() -> program().run(broken, Map.of())).isInstanceOf(IOException.class);
        assertThat(handled).isEmpty();
    }

    @Test
    void each_disposition_has_its_status() {
        assertThat(PipeProgram.exitStatus(new Disposition.Accepted("x"))).isZero();
        assertThat(PipeProgram.exitStatus(new Disposition.Discarded("x"))).isZero();
        assertThat(PipeProgram.exitStatus(new Disposition.Unwanted("x"))).isZero();
        assertThat(PipeProgram.exitStatus(new Disposition.Failed("x"))).isEqualTo(69);
        assertThat(PipeProgram.exitStatus(new Disposition.Deferred("x"))).isEqualTo(75);
    }

    private @Nullable EmailAddress sender(String message) throws IOException {
        return run(message, Map.of()).envelope().sender();
    }

    private ReceivedMail run(String message, Map<String, String> environment) throws IOException {
        handled.clear();
        program().run(new ByteArrayInputStream(message.getBytes(ISO_8859_1)), environment);
        return handled.getFirst();
    }

    private PipeProgram program() {
        return new PipeProgram(
                mail -> {
                    handled.add(mail);
                    return new Disposition.Accepted("taken");
                },
                clock,
                LIMIT,
                OWN);
    }

    /** So many bytes, made as they are read. */
    private static final class Endless extends InputStream {

        private long left;
        private int largestRead;

        private Endless(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            largestRead = Math.max(largestRead, count);
            left -= count;
            return count;
        }
    }
}
