package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.SmtpClient;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.testing.FreePorts;

/** A reflector with two addresses that are probed, each with and without an extension, in the pipe and behind a listener. */
@NeedsPostfix
class ProbedAddressesIT {

    private static final String RECIPIENTS = "recipients: [webscout@company.test, second@company.test]\n";
    private static final List<String> PROBED = List.of(
            "webscout@company.test", "webscout+x@company.test", "second@company.test", "second+x.y-z@company.test");

    @TempDir
    private Path directory;

    @Test
    void each_is_returned_by_a_forward_program() throws IOException {
        try (PipeSite site = PipeSite.start()) {
            site.lab().alias("second", "webscout");
            site.lab().alias("third", "webscout");
            Path file = site.settings().resolve("reflector.yaml");
            Files.writeString(file, Files.readString(file) + RECIPIENTS);
            for (String address : PROBED) {
                SignedProbe probe = SignedProbe.to(address);
                site.lab().submit(probe.sender(), address, probe.text());
                assertThat(site.monitor().next().text()).contains("Subject: Mailsonar probe " + probe.id() + " [");
                site.lab().awaitEmptyQueue();
            }
            assertThat(site.log().lines()).hasSize(PROBED.size()).allMatch(line -> line.contains("] accepted "));

            SignedProbe other = SignedProbe.to("third@company.test");
            site.lab().submit(other.sender(), "third@company.test", other.text());
            site.lab().awaitEmptyQueue();
            assertThat(site.log().lines().toList().getLast()).contains("] unwanted ", "third@company.test");
            assertThat(site.monitor().waiting()).isZero();
        }
    }

    @Test
    void each_is_returned_by_a_listener() throws IOException {
        int port = FreePorts.next();
        try (SmtpSink monitor = SmtpSink.open()) {
            TestKeys.copy("monitor.pub", directory, "rw-r--r--");
            Path file = Files.writeString(
                    directory.resolve("reflector.yaml"),
                    PipeSite.configuration("smtp://127.0.0.1:" + monitor.port(), "log")
                            + RECIPIENTS
                            + "listen: [\"smtp://127.0.0.1:" + port + "\"]\n");
            try (Program reflector = Program.start(
                    InstalledTree.environment(),
                    InstalledTree.shared().script("mailsonar"),
                    "reflector",
                    "--config",
                    file.toString())) {
                reflector.await("listening on smtp://127.0.0.1:" + port);
                for (String address : PROBED) {
                    SignedProbe probe = SignedProbe.to(address);
                    assertThat(SmtpClient.send(port, probe.sender(), address, probe.text()))
                            .startsWith("250 ");
                    assertThat(monitor.next().text()).contains("Subject: Mailsonar probe " + probe.id() + " [");
                }
                SignedProbe other = SignedProbe.to("third@company.test");
                assertThat(SmtpClient.send(port, other.sender(), "third@company.test", other.text()))
                        .startsWith("550 ");
                assertThat(monitor.waiting()).isZero();
            }
        }
    }
}
