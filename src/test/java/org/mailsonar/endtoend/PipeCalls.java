package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailsonar.probe.TestKeys;

/** Calls {@code email_return} as a mail server does, with a configuration in a directory of the test's. */
final class PipeCalls {

    private final Path directory;

    private PipeCalls(Path directory) {
        this.directory = directory;
    }

    /** Makes a configuration whose returns leave by SMTP to this port. */
    static PipeCalls in(Path directory, int relayPort) throws IOException {
        TestKeys.copy("monitor.pub", directory, "rw-r--r--");
        PipeCalls calls = new PipeCalls(directory);
        calls.configure("smtp://127.0.0.1:" + relayPort);
        return calls;
    }

    /** From now on returns leave this way. */
    void configure(String relay) throws IOException {
        Files.writeString(configuration(), PipeSite.configuration(relay, "log"));
    }

    Path configuration() {
        return directory.resolve("reflector.yaml");
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("log"), StandardCharsets.UTF_8);
    }

    /** Starts it and gives it the whole probe. */
    Program feed(SignedProbe probe) {
        return feed(InstalledTree.shared(), probe);
    }

    /** The same, from another tree. */
    Program feed(InstalledTree tree, SignedProbe probe) {
        return start(tree, probe).write(probe.text()).endInput();
    }

    /** Starts it with the probe's envelope, to be given whatever the test likes. */
    Program start(SignedProbe probe, String... arguments) {
        return start(InstalledTree.shared(), probe, arguments);
    }

    /** Starts it with an environment of the test's. */
    Program start(Map<String, String> environment, String... arguments) {
        return start(InstalledTree.shared(), environment, arguments);
    }

    private Program start(InstalledTree tree, SignedProbe probe, String... arguments) {
        return start(tree, environment(probe), arguments);
    }

    private Program start(InstalledTree tree, Map<String, String> environment, String... arguments) {
        List<String> words = new ArrayList<>(List.of(tree.script("email_return")));
        words.addAll(List.of("--config", configuration().toString()));
        words.addAll(List.of(arguments));
        return Program.startOpen(environment, words.toArray(String[]::new));
    }

    /** What a mail server tells it. */
    static Map<String, String> environment(SignedProbe probe) {
        Map<String, String> environment = new HashMap<>(InstalledTree.environment());
        environment.put("SENDER", probe.sender());
        environment.put("RECIPIENT", SignedProbe.TARGET);
        return environment;
    }

    /** Insists that it ends with this status and without a word. */
    static void assertSilent(Program program, int status) {
        try (program) {
            assertThat(program.status()).as(program.toString()).isEqualTo(status);
            assertThat(program.output()).isEmpty();
            assertThat(program.errors()).isEmpty();
        }
    }
}
