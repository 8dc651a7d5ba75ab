package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.lab.EximLab;
import org.mailsonar.lab.NeedsExim;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.FreePorts;

/** A real Exim on both sides of the resident reflector: it hands probes to its listener and takes the returns. */
@NeedsExim
class EximListenerIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"smtp", "lmtp"})
    void a_probe_arrives_by_exim_and_its_return_leaves_by_exim(String protocol) throws IOException {
        int port = FreePorts.next();
        try (SmtpSink monitor = SmtpSink.open();
                EximLab exim = EximLab.inNewDirectory()
                        .route("company.test", protocol, port)
                        .route("monitor.test", "smtp", monitor.port())
                        .start();
                Program reflector = reflector(protocol, port, exim.port())) {
            SignedProbe probe = SignedProbe.fresh();
            exim.submit(probe.sender(), SignedProbe.TARGET, probe.text());

            SmtpSink.Delivery back = monitor.next();
            assertThat(back.sender()).isEmpty();
            assertThat(back.recipients()).containsExactly(SignedProbe.RETURN);
            assertThat(back.text())
                    .contains("Subject: Mailsonar probe " + probe.id() + " [received 2")
                    .contains("by mail.lab.test with esmtp (Exim ");
            assertThat(exim.awaitLog("=> webscout@company.test")).contains("T=" + protocol, "C=\"250 ");

            exim.submit(probe.sender(), "nobody@company.test", probe.text());
            SmtpSink.Delivery bounce = monitor.next();
            assertThat(bounce.recipients()).containsExactly(probe.sender());
            assertThat(bounce.text()).contains("Final-Recipient: rfc822;nobody@company.test", "550 5.1.1");
            exim.awaitEmptyQueue();
            assertThat(monitor.waiting()).as(reflector.toString()).isZero();
        }
    }

    private Program reflector(String protocol, int port, int relayPort) throws IOException {
        TestKeys.copy("monitor.pub", directory, "rw-r--r--");
        Path file = Files.writeString(directory.resolve("reflector.yaml"), """
                address: webscout@company.test
                trust:
                  - key: monitor.pub
                    returnTo: ["*@monitor.test"]
                relay: smtp://127.0.0.1:%d
                listen: ["%s://127.0.0.1:%d"]
                hostName: reflector.company.test
                """.formatted(relayPort, protocol, port));
        Program reflector = Program.start(
                InstalledTree.environment(),
                InstalledTree.shared().script("mailsonar"),
                "reflector",
                "--config",
                file.toString());
        reflector.await("listening on " + protocol + "://127.0.0.1:" + port);
        return reflector;
    }
}
