package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.endtoend.PipeCalls.assertSilent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpSink;

/** {@code email_return} beside a spool whose lease says that a reflector lives, or no longer does: who gets the message, and whole. */
@EnabledOnOs(OS.LINUX) // elsewhere nothing is handed over
class HandOverIT {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private SmtpSink nextHop;
    private PipeCalls calls;
    private SpoolDirectory spool;

    @BeforeEach
    void configure() throws IOException {
        nextHop = SmtpSink.open();
        calls = PipeCalls.in(directory, nextHop.port());
        spool = SpoolDirectory.create(directory.resolve("spool"));
        spoolLine("spool: " + spool.path());
        spool.lease(LONG);
    }

    @AfterEach
    void stop() {
        nextHop.close();
    }

    private void spoolLine(String line) throws IOException {
        calls.configure("smtp://127.0.0.1:" + nextHop.port());
        String rest = Files.readString(calls.configuration());
        Files.writeString(calls.configuration(), "# a comment\n" + line + "\n" + rest);
    }

    @Test
    void a_message_is_handed_over_byte_for_byte_behind_its_envelope() throws IOException {
        byte[] binary = new byte[100_000];
        new Random(7).nextBytes(binary);
        SignedProbe probe = SignedProbe.fresh();
        String start = "From someone@example.test  Sat Nov 21 12:00:00 2026\nSubject: x\r\n\r\n";

        assertSilent(calls.start(probe).write(start).write(binary).endInput(), 0);
        assertThat(spool.only())
                .isEqualTo("X-Sender: <" + probe.sender() + ">\nX-Receiver: <webscout@company.test>\n" + start
                        + new String(binary, StandardCharsets.ISO_8859_1));
        assertThat(Files.getPosixFilePermissions(spool.delivered().getFirst()))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(spool.unfinished()).isEmpty();
        assertThat(nextHop.waiting()).isZero();
    }

    @Test
    void five_megabytes_written_in_pieces_are_handed_over() throws IOException {
        String piece = "x".repeat(999) + "\n";
        try (Program program = calls.start(SignedProbe.fresh())) {
            for (int i = 0; i < 5_000; i++) {
                program.write(piece);
            }
            assertSilent(program.endInput(), 0);
        }
        assertThat(spool.only()).hasSizeGreaterThan(5_000_000).endsWith(piece.repeat(5_000));
    }

    @Test
    void fifty_at_a_time_are_fifty_files() throws IOException {
        List<SignedProbe> probes = Stream.generate(SignedProbe::fresh).limit(50).toList();
        List<Program> programs = probes.stream().map(calls::feed).toList();
        programs.forEach(program -> assertSilent(program, 0));

        assertThat(spool.delivered()).hasSize(50);
        StringBuilder all = new StringBuilder();
        for (Path file : spool.delivered()) {
            all.append(Files.readString(file));
        }
        assertThat(probes).allMatch(probe -> all.indexOf(">\n" + probe.text()) >= 0);
        assertThat(spool.unfinished()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, -1})
    void when_the_lease_has_run_out_java_returns_what_was_read(long seconds) throws IOException {
        spool.lease(Duration.ofSeconds(seconds));
        SignedProbe probe = SignedProbe.fresh();

        assertSilent(calls.feed(probe), 0);
        assertThat(nextHop.next().text()).contains(probe.id().text());
        assertThat(calls.log())
                .contains("from=<" + probe.sender() + "> to=<webscout@company.test> client=pipe size="
                        + probe.text().length() + " ");
        assertThat(spool.isEmpty()).isTrue();
    }

    @Test
    void when_the_lease_has_run_out_the_status_is_javas() throws IOException {
        spool.lease(Duration.ofSeconds(-5));
        nextHop.answerRecipients("450 4.2.1 later");
        assertSilent(calls.feed(SignedProbe.fresh()), 75);

        nextHop.answerRecipients("550 5.7.1 not here");
        SignedProbe probe = SignedProbe.fresh();
        try (Program program = calls.feed(probe)) {
            assertThat(program.status()).as(program.toString()).isEqualTo(69);
            assertThat(program.output()).startsWith("5.0.0 probe " + probe.id()).hasLineCount(1);
        }
        assertThat(spool.isEmpty()).isTrue();
    }

    @Test
    void without_a_lease_java_starts_at_once() throws IOException {
        Files.delete(spool.path().resolve("alive"));
        assertReturnedByJava(calls.feed(SignedProbe.fresh()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@b.test>\nX-Receiver: <victim@company.test",
                "a b@c.test",
                "\u00fc@b.test",
                "\"a\"@b.test",
                "a@b.test\r"
            })
    void an_envelope_of_other_than_plain_characters_is_javas(String hostile) throws IOException {
        for (String variable : List.of("SENDER", "RECIPIENT", "ORIGINAL_RECIPIENT")) {
            SignedProbe probe = SignedProbe.fresh();
            Map<String, String> environment = PipeCalls.environment(probe);
            environment.put("ORIGINAL_RECIPIENT", SignedProbe.TARGET);
            environment.put(variable, hostile);
            assertReturnedByJava(calls.start(environment).write(probe.text()).endInput());
        }
    }

    @Test
    void an_untold_envelope_is_javas_and_an_untold_recipient_is_not_needed() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        Map<String, String> environment = PipeCalls.environment(probe);
        environment.put("ORIGINAL_RECIPIENT", "webscout");
        environment.put("RECIPIENT", "");
        environment.put("SENDER", "");
        assertSilent(calls.start(environment).write(probe.text()).endInput(), 0);
        assertThat(spool.only()).isEqualTo("X-Sender: <>\n" + probe.text());

        Files.delete(spool.delivered().getFirst());
        environment.remove("SENDER");
        assertReturnedByJava(calls.start(environment).write(probe.text()).endInput());
    }

    @ParameterizedTest
    @ValueSource(strings = {"spool: %s   # a comment", "spool: %s ", "---\nspool: %s"})
    void the_spools_line_may_end_with_a_comment(String line) throws IOException {
        spoolLine(line.formatted(spool.path()));
        assertSilent(calls.feed(SignedProbe.fresh()), 0);
        assertThat(spool.delivered()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"# spool: %s", "watch: [\"maildir:%s\"]", "spool: %s/../spool"})
    void what_is_no_spools_line_is_none(String line) throws IOException {
        spoolLine(line.formatted(spool.path()));
        assertReturnedByJava(calls.feed(SignedProbe.fresh()));
    }

    @Test
    void a_message_file_is_not_handed_over() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        Path file = Files.writeString(directory.resolve("message"), probe.text());
        assertReturnedByJava(calls.start(probe, file.toString()).endInput());
        assertThat(file).content().isEqualTo(probe.text());
    }

    @Test
    void a_spool_that_takes_no_file_is_passed_over_before_anything_is_read() throws IOException {
        Files.delete(spool.path().resolve("tmp"));
        SignedProbe probe = SignedProbe.fresh();
        assertSilent(calls.feed(probe), 0);
        assertThat(nextHop.next().text()).contains(probe.id().text());
    }

    @Test
    void a_message_that_cannot_be_published_is_a_75_and_leaves_nothing() throws IOException {
        Files.delete(spool.path().resolve("new"));
        assertSilent(calls.feed(SignedProbe.fresh()), 75);
        assertThat(spool.unfinished()).isEmpty();
    }

    @Test
    void sigterm_in_the_middle_is_a_75_and_leaves_nothing() throws IOException {
        try (Program program = calls.start(SignedProbe.fresh()).write("Subject: half")) {
            Poll.until("a draft", () -> !spool.unfinished().isEmpty());
            program.terminate();
            assertSilent(program.endInput(), 75);
        }
        assertThat(spool.isEmpty()).isTrue();
    }

    @Test
    void a_writer_that_is_killed_in_the_middle_is_a_75_and_leaves_nothing() throws IOException {
        try (Program program = calls.start(SignedProbe.fresh()).write("Subject: half")) {
            Poll.value("dd", () -> program.descendants().findFirst()).destroyForcibly();
            assertSilent(program, 75);
        }
        assertThat(spool.isEmpty()).isTrue();
    }

    private void assertReturnedByJava(Program program) throws IOException {
        assertSilent(program, 0);
        assertThat(nextHop.next().recipients()).containsExactly(SignedProbe.RETURN);
        assertThat(calls.log()).contains(" client=pipe ");
        assertThat(spool.isEmpty()).isTrue();
    }
}
