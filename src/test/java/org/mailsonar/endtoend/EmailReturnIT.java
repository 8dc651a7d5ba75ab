package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;

/** {@code email_return} as a mail server calls it, with every kind of input and surroundings. */
@DisabledOnOs(OS.WINDOWS)
class EmailReturnIT {

    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    private Path directory;

    private SmtpSink nextHop;

    @BeforeEach
    void configure() throws IOException {
        nextHop = SmtpSink.open();
        TestKeys.copy("monitor.pub", directory, "rw-r--r--");
        writeConfiguration("smtp://127.0.0.1:" + nextHop.port());
    }

    @AfterEach
    void stop() {
        nextHop.close();
    }

    @Test
    void a_probe_is_returned_without_a_word() throws IOException {
        SignedProbe probe = SignedProbe.fresh();

        assertSilent(feed(probe), 0);
        assertThat(nextHop.next().text()).contains("Subject: Mailsonar probe " + probe.id() + " [received 2");
        assertThat(log())
                .matches("\\S+Z email_return\\[\\d+] accepted from=<" + quoted(probe.sender())
                        + "> to=<webscout@company\\.test> client=pipe size=\\d+ probe " + probe.id()
                        + " returned to return@monitor\\.test: 250 2\\.0\\.0 taken\n");
    }

    @Test
    void a_message_may_lie_in_a_file_as_well() throws IOException {
        SignedProbe probe = SignedProbe.fresh();
        Path file = Files.writeString(directory.resolve("message"), probe.text());

        assertSilent(start(InstalledTree.shared(), probe, file.toString()).endInput(), 0);
        assertThat(nextHop.next().recipients()).containsExactly(SignedProbe.RETURN);
    }

    @Test
    void a_return_refused_for_good_is_a_69_and_one_line_with_the_cause() {
        nextHop.answerMessages("550 5.7.1 not here");
        SignedProbe probe = SignedProbe.fresh();

        try (Program program = feed(probe)) {
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
        assertSilent(feed(SignedProbe.fresh()), 75);

        nextHop.close();
        assertSilent(feed(SignedProbe.fresh()), 75);
    }

    @Test
    void nothing_and_garbage_are_dropped() throws IOException {
        byte[] garbage = new byte[MEGABYTE];
        new Random(7).nextBytes(garbage);

        assertSilent(start(InstalledTree.shared(), SignedProbe.fresh()).endInput(), 0);
        assertSilent(
                start(InstalledTree.shared(), SignedProbe.fresh())
                        .write(garbage)
                        .endInput(),
                0);
        assertThat(log().lines()).hasSize(2).allMatch(line -> line.contains("] unwanted from="));
        assertThat(nextHop.waiting()).isZero();
    }

    @Test
    void two_hundred_megabytes_are_dropped_in_little_memory() throws IOException {
        try (Program program = start(InstalledTree.shared(), SignedProbe.fresh())) {
            writeMegabytes(program, 200);
            assertThat(peakMemory(program)).isLessThan(128 * MEGABYTE);
            assertSilent(program.endInput(), 0);
        }
        assertThat(log()).contains("unwanted").contains("size=262144+ ");
    }

    @Test
    void a_probe_of_two_hundred_megabytes_bounces() {
        SignedProbe probe = SignedProbe.fresh();
        try (Program program = start(InstalledTree.shared(), probe).write(probe.text())) {
            writeMegabytes(program, 200);
            assertThat(program.endInput().status()).isEqualTo(69);
            assertThat(program.output()).startsWith("5.0.0 probe " + probe.id()).contains("larger than is accepted");
            assertThat(program.errors()).isEmpty();
        }
        assertThat(nextHop.waiting()).isZero();
    }

    @Test
    void a_broken_configuration_is_a_75() throws IOException {
        writeConfiguration("carrier pigeon");
        assertSilent(feed(SignedProbe.fresh()), 75);

        Files.delete(directory.resolve("reflector.yaml"));
        assertSilent(feed(SignedProbe.fresh()), 75);
    }

    @Test
    void what_keeps_it_from_its_log_file_goes_to_the_system_log() throws IOException {
        writeConfiguration("carrier pigeon");
        Path logger =
                Files.writeString(directory.resolve("logger"), "#!/bin/sh\nprintf '%s\\n' \"$@\" >\"${0%/*}/told\"\n");
        Files.setPosixFilePermissions(logger, PosixFilePermissions.fromString("rwxr-xr-x"));
        Map<String, String> environment = environment(SignedProbe.fresh());
        environment.put("PATH", directory + ":/usr/bin:/bin");

        String program = InstalledTree.shared().script("email_return");
        assertSilent(Program.start(environment, program, "--config", configuration()), 75);
        assertThat(directory.resolve("told"))
                .content()
                .startsWith("-t\nemail_return\n")
                .contains("\ndeferred: " + configuration() + ":5: relay: ");
    }

    @Test
    void arguments_that_are_not_understood_are_a_75() {
        SignedProbe probe = SignedProbe.fresh();

        assertSilent(start(InstalledTree.shared(), probe, "--verbose").endInput(), 75);
        assertSilent(start(InstalledTree.shared(), probe, "/nowhere/message").endInput(), 75);
    }

    @Test
    void without_a_java_it_is_a_75() throws IOException {
        try (InstalledTree tree = InstalledTree.shared().copy()) {
            Files.writeString(tree.root().resolve("lib/java-home"), "/nowhere\n");
            Files.writeString(
                    tree.root().resolve("scripts/lib/java.sh"), "find_java() { echo no Java >&2; return 1; }\n");
            assertSilent(start(tree, SignedProbe.fresh()).endInput(), 75);
        }
    }

    @Test
    void a_java_that_has_moved_is_found_again() throws IOException {
        try (InstalledTree tree = InstalledTree.shared().copy()) {
            Files.writeString(tree.root().resolve("lib/java-home"), "/nowhere\n");
            SignedProbe probe = SignedProbe.fresh();
            assertSilent(start(tree, probe).write(probe.text()).endInput(), 0);
            assertThat(nextHop.next().recipients()).containsExactly(SignedProbe.RETURN);
        }
    }

    @Test
    void a_start_cache_that_is_gone_or_spoilt_changes_nothing() throws IOException {
        try (InstalledTree tree = InstalledTree.shared().copy()) {
            Path cache = tree.root().resolve("lib/email_return.aot");
            assertThat(cache).isNotEmptyFile();
            // The copied jars keep their times: the first run still has a cache that fits. Then it is one for other
            // jars, and so on.
            for (Spoiling spoiling : new Spoiling[] {
                () -> {},
                () -> run("touch", tree.root().resolve("lib/mailsonar.jar").toString()),
                () -> Files.writeString(cache, "no cache"),
                () -> Files.write(cache, new byte[0]),
                () -> Files.delete(cache)
            }) {
                spoiling.run();
                SignedProbe probe = SignedProbe.fresh();
                assertSilent(start(tree, probe).write(probe.text()).endInput(), 0);
                assertThat(nextHop.next().text()).contains(probe.id().text());
            }
        }
    }

    @Test
    void warnings_of_java_stay_inside_also_when_it_bounces() throws IOException {
        nextHop.answerMessages("550 5.7.1 not here");
        try (InstalledTree tree = InstalledTree.shared().copy()) {
            Files.writeString(tree.root().resolve("lib/email_return.aot"), "no cache");
            SignedProbe probe = SignedProbe.fresh();
            try (Program program = start(tree, probe).write(probe.text()).endInput()) {
                assertThat(program.status()).isEqualTo(69);
                assertThat(program.output().lines()).singleElement().asString().startsWith("5.0.0 probe ");
                assertThat(program.errors()).isEmpty();
            }
        }
    }

    @Test
    void it_is_found_through_symbolic_links() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("outer"), Path.of("inner"));
        Path inner = Files.createSymbolicLink(
                directory.resolve("inner"), Path.of(InstalledTree.shared().script("email_return")));
        SignedProbe probe = SignedProbe.fresh();

        assertSilent(
                Program.startOpen(environment(probe), link.toString(), "--config", configuration())
                        .write(probe.text())
                        .endInput(),
                0);
        assertThat(nextHop.next().recipients()).containsExactly(SignedProbe.RETURN);
        Files.delete(link);
        Files.delete(inner); // JUnit warns of links that lead out of its directory
    }

    private interface Spoiling {
        void run() throws IOException;
    }

    private Program feed(SignedProbe probe) {
        return start(InstalledTree.shared(), probe).write(probe.text()).endInput();
    }

    private Program start(InstalledTree tree, SignedProbe probe, String... arguments) {
        String[] words = new String[3 + arguments.length];
        words[0] = tree.script("email_return");
        words[1] = "--config";
        words[2] = configuration();
        System.arraycopy(arguments, 0, words, 3, arguments.length);
        return Program.startOpen(environment(probe), words);
    }

    private static Map<String, String> environment(SignedProbe probe) {
        Map<String, String> environment = new HashMap<>(InstalledTree.environment());
        environment.put("SENDER", probe.sender());
        environment.put("RECIPIENT", SignedProbe.TARGET);
        return environment;
    }

    private String configuration() {
        return directory.resolve("reflector.yaml").toString();
    }

    private void writeConfiguration(String relay) throws IOException {
        Files.writeString(Path.of(configuration()), PipeSite.configuration(relay, "log"));
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"), StandardCharsets.UTF_8);
    }

    private static void run(String... words) {
        assertSilent(Program.start(InstalledTree.environment(), words), 0);
    }

    private static void assertSilent(Program program, int status) {
        try (program) {
            assertThat(program.status()).as(program.toString()).isEqualTo(status);
            assertThat(program.output()).isEmpty();
            assertThat(program.errors()).isEmpty();
        }
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

    private static String quoted(String text) {
        return Pattern.quote(text);
    }
}
