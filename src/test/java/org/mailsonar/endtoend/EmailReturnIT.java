package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailsonar.endtoend.PipeCalls.assertSilent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpSink;

/** {@code email_return} as a mail server calls it, with every kind of input and surroundings. */
@DisabledOnOs(OS.WINDOWS)
class EmailReturnIT {

    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    private Path directory;

    private SmtpSink nextHop;
    private PipeCalls calls;

    @BeforeEach
    void configure() throws IOException {
        nextHop = SmtpSink.open();
        calls = PipeCalls.in(directory, nextHop.port());
    }

    @AfterEach
    void stop() {
        nextHop.close();
    }

    @Test
    void a_probe_is_returned_without_a_word() throws IOException {
        SignedProbe probe = SignedProbe.fresh();

        assertSilent(calls.feed(probe), 0);
        assertThat(nextHop.next().text()).contains("Subject: Mailsonar probe " + probe.id() + " [received 2");
        assertThat(calls.log())
                .matches("\\S+Z email_return\\[\\d+] accepted from=<" + Pattern.quote(probe.sender())
                        + "> to=<webscout@company\\.test> client=pipe size=\\d+ id=" + probe.id()
                        + " reason=returned received=\\S+Z took=\\d+ms probe " + probe.id()
                        + " returned to return@monitor\\.test: 250 2\\.0\\.0 taken\n");
    }

    @Test
    void a_message_may_lie_in_a_file_as_well() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        Path file = Files.writeString(directory.resolve("message"), probe.text());

        assertSilent(calls.start(probe, file.toString()).endInput(), 0);
        assertThat(nextHop.next().recipients()).containsExactly(SignedProbe.RETURN);
    }

    @Test
    void a_mail_server_and_a_from_may_stand_before_the_file() throws IOException {
        calls.configure("smtp://127.0.0.1:9"); // nobody's
        SignedProbe probe = SignedProbe.fresh();
        Path file = Files.writeString(directory.resolve("message"), probe.text().replace("\n", "\r\n"));
        String server = "127.0.0.1:" + nextHop.port();

        assertSilent(calls.start(probe, server, file.toString()).endInput(), 0);
        assertThat(nextHop.next().text())
                .contains("From: <webscout@company.test>\r\n", "Mailsonar probe " + probe.id());
        assertSilent(
                calls.start(probe, "smtp://" + server, "postmaster@company.test", file.toString())
                        .endInput(),
                0);
        assertThat(nextHop.next().text())
                .contains("From: <postmaster@company.test>\r\n", "Mailsonar probe " + probe.id());
        assertThat(file).content().isEqualTo(probe.text().replace("\n", "\r\n"));
    }

    @Test
    void a_mail_server_that_is_none_is_a_75_and_said_in_the_system_log() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        Path file = Files.writeString(directory.resolve("message"), probe.text());
        for (String server : new String[] {"./message", "/var/mail", "sendmail:/bin/false", "user@host"}) {
            assertThat(toldAfter(75, server, file.toString()))
                    .contains("\ndeferred: SERVER, which stands before the message file")
                    .contains("smtp://host:port");
        }
        assertThat(toldAfter(75, "127.0.0.1:25", "nobody", file.toString()))
                .contains("\ndeferred: FROM, which stands before the message file: 'nobody' is no mail address");
        assertThat(toldAfter(75, "a", "b@c.test", file.toString(), "d")).contains("4 arguments are too many; usage: ");
        assertThat(nextHop.waiting()).isZero();
    }

    @Test
    void a_return_refused_for_good_is_a_69_and_one_line_with_the_cause() {
        nextHop.answerMessages("550 5.7.1 not here");
        SignedProbe probe = SignedProbe.fresh();

        try (Program program = calls.feed(probe)) {
            assertThat(program.status()).as(program.toString()).isEqualTo(69);
            assertThat(program.errors()).isEmpty();
            assertThat(program.output())
                    .matches("5\\.0\\.0 probe " + probe.id() + " cannot be returned: its return to"
                            + " return@monitor\\.test is refused: 550 5\\.7\\.1 not here[^\n]*\n");
        }
    }

    @Test
    void a_next_hop_that_is_down_or_says_later_is_a_75() {
        nextHop.answerRecipients("450 4.2.1 later");
        assertSilent(calls.feed(SignedProbe.fresh()), 75);

        nextHop.close();
        assertSilent(calls.feed(SignedProbe.fresh()), 75);
    }

    @Test
    void nothing_and_garbage_are_dropped() throws IOException {
        byte[] garbage = new byte[MEGABYTE];
        new Random(7).nextBytes(garbage);

        assertSilent(calls.start(SignedProbe.fresh()).endInput(), 0);
        assertSilent(calls.start(SignedProbe.fresh()).write(garbage).endInput(), 0);
        assertThat(calls.log().lines()).hasSize(2).allMatch(line -> line.contains("] unwanted from="));
        assertThat(nextHop.waiting()).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX) // where a process's memory is to be read
    void two_hundred_megabytes_are_dropped_in_little_memory() throws IOException {
        try (Program program = calls.start(SignedProbe.fresh())) {
            writeMegabytes(program, 200);
            assertThat(peakMemory(program)).isLessThan(128 * MEGABYTE);
            assertSilent(program.endInput(), 0);
        }
        assertThat(calls.log()).contains("unwanted").contains("size=262144+ ");
    }

    @Test
    void a_probe_of_two_hundred_megabytes_bounces() {
        SignedProbe probe = SignedProbe.fresh();
        try (Program program = calls.start(probe).write(probe.text())) {
            writeMegabytes(program, 200);
            assertThat(program.endInput().status()).isEqualTo(69);
            assertThat(program.output()).startsWith("5.0.0 probe " + probe.id()).contains("larger than is accepted");
            assertThat(program.errors()).isEmpty();
        }
        assertThat(nextHop.waiting()).isZero();
    }

    @Test
    void a_broken_configuration_is_a_75() throws IOException {
        calls.configure("carrier pigeon");
        assertSilent(calls.feed(SignedProbe.fresh()), 75);

        Files.delete(directory.resolve("reflector.yaml"));
        assertSilent(calls.feed(SignedProbe.fresh()), 75);
    }

    @Test
    void what_keeps_it_from_its_log_file_goes_to_the_system_log() throws IOException {
        calls.configure("carrier pigeon");
        assertThat(toldAfter(75)).contains("\ndeferred: " + calls.configuration() + ":5: relay: ");
    }

    @Test
    void arguments_that_are_not_understood_are_a_75() {
        SignedProbe probe = SignedProbe.fresh();

        assertSilent(calls.start(probe, "--verbose").endInput(), 75);
        assertSilent(calls.start(probe, "/nowhere/message").endInput(), 75);
    }

    @Test
    void it_is_found_through_symbolic_links() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("outer"), Path.of("inner"));
        Path inner = Files.createSymbolicLink(
                directory.resolve("inner"), Path.of(InstalledTree.shared().script("email_return")));
        SignedProbe probe = SignedProbe.fresh();

        assertSilent(
                Program.startOpen(
                                PipeCalls.environment(probe),
                                link.toString(),
                                "--config",
                                calls.configuration().toString())
                        .write(probe.text())
                        .endInput(),
                0);
        assertThat(nextHop.next().recipients()).containsExactly(SignedProbe.RETURN);
        Files.delete(link);
        Files.delete(inner); // JUnit warns of links that lead out of its directory
    }

    /** What the system log is told by a call that ends with this status. */
    private String toldAfter(int status, String... arguments) throws IOException {
        Path logger =
                Files.writeString(directory.resolve("logger"), "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"${0%/*}/told\"\n");
        Files.setPosixFilePermissions(logger, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> environment = PipeCalls.environment(SignedProbe.fresh());
        environment.put("PATH", directory + ":/usr/bin:/bin");
        assertSilent(calls.start(environment, arguments).endInput(), status);
        String told = Files.readString(directory.resolve("told"));
        assertThat(told).startsWith("-t\nemail_return\n");
        return told;
    }

    private static void writeMegabytes(Program program, int count) {
        byte[] lines = ("x".repeat(63) + "\n").repeat(MEGABYTE / 64).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            program.write(lines);
        }
    }

    /** The most bytes that Java has ever held, read while it waits for more input. */
    private static long peakMemory(Program program) throws IOException {
        long java = Poll.value("Java", () -> program.descendants().findFirst()).pid();
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(java), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IllegalStateException("no VmHWM for process " + java);
    }
}
