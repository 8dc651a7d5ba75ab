package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailsonar.lab.NeedsSwaks;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.FreePorts;
import org.mailsonar.testing.RelayAttempts;
import org.mailsonar.testing.RelayAttempts.Attempt;

/** The installed reflector, asked to relay by a program that administrators use for that: swaks. */
@NeedsSwaks
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class NoRelayIT {

    private static final int REFUSED_RECIPIENT = 24;

    private SmtpSink nextHop;
    private @Nullable Program reflector;
    private int port;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        nextHop = SmtpSink.open();
        port = FreePorts.next();
        TestKeys.copy("monitor.pub", directory, "rw-r--r--");
        Path configuration = Files.writeString(
                directory.resolve("reflector.yaml"), """
                address: %s
                trust:
                  - key: monitor.pub
                    returnTo: ["*@monitor.test"]
                relay: smtp://127.0.0.1:%d
                listen: ["smtp://127.0.0.1:%d"]
                hostName: reflector.company.test
                """.formatted(RelayAttempts.OURS, nextHop.port(), port));
        reflector = Program.start(
                InstalledTree.environment(),
                InstalledTree.shared().script("mailsonar"),
                "reflector",
                "--config",
                configuration.toString());
        reflector.await("listening on smtp://127.0.0.1:" + port);
    }

    @AfterAll
    void stop() {
        if (reflector != null) {
            reflector.close();
        }
        nextHop.close();
    }

    /** All but the empty recipient, for which swaks asks the user. */
    static List<Attempt> attempts() {
        return RelayAttempts.all().stream()
                .filter(attempt -> !attempt.recipient().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void an_attempt_to_relay_is_refused(Attempt attempt) {
        String sender = attempt.sender().isEmpty() ? "<>" : attempt.sender();
        try (Program swaks = swaks(sender, attempt.recipient()).endInput()) {
            assertThat(swaks.status()).as(swaks.toString()).isEqualTo(REFUSED_RECIPIENT);
            assertThat(swaks.output()).contains("-> RCPT TO:<", "<** 5").doesNotContain("-> DATA");
        }
        assertThat(nextHop.waiting()).isZero();
    }

    @Test
    void a_probe_to_the_one_recipient_is_returned() {
        SignedProbe probe = SignedProbe.fresh();
        try (Program swaks = swaks(probe.sender(), RelayAttempts.OURS, "--data", "-")
                .write(probe.text())
                .endInput()) {
            assertThat(swaks.status()).as(swaks.toString()).isZero();
        }
        assertThat(nextHop.next().text()).contains(probe.id().text());
    }

    private Program swaks(String sender, String recipient, String... more) {
        List<String> words = new ArrayList<>(List.of(
                NeedsSwaks.PROGRAM,
                "--server",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--helo",
                "client.test",
                "--from",
                sender,
                "--to",
                recipient));
        words.addAll(List.of(more));
        return Program.startOpen(InstalledTree.environment(), words.toArray(String[]::new));
    }
}
