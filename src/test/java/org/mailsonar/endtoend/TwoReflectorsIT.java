package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.SmtpClient;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeMail;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.probe.TokenSigner;
import org.mailsonar.testing.FreePorts;

/** Installed reflectors and nothing else between them: what goes round, and who they run as. */
class TwoReflectorsIT {

    private static final String HERE = "webscout@company.test";
    private static final String THERE = "reflect@elsewhere.test";

    @TempDir
    private Path directory;

    @Test
    void reflectors_that_send_to_each_other_stop_at_the_first_return() throws IOException {
        int portHere = FreePorts.next();
        int portThere = FreePorts.next();
        try (Program here = start("here", HERE, portHere, portThere);
                Program there = start("there", THERE, portThere, portHere)) {
            String probe = probe(HERE, THERE);
            assertThat(SmtpClient.send(portHere, "probe@monitor.test", HERE, probe))
                    .startsWith("250 2.0.0 ");
            assertThat(here.await(" reason=undeliverable ")).contains("its return to " + THERE + " is refused: 550 ");
            assertThat(there.await(" reason=loop "))
                    .contains(" unwanted from=<> to=<" + THERE + ">", "a return itself");

            assertThat(SmtpClient.send(portThere, "probe@monitor.test", THERE, probe(THERE, HERE)))
                    .startsWith("250 2.0.0 ");
            here.await(" reason=loop ");
            assertThat(List.of(messages(here), messages(there)))
                    .as("each saw one probe and one return, and no return was taken")
                    .containsExactly(2L, 2L);
        }
    }

    @Test
    void a_thousand_copies_of_a_probe_at_an_installed_reflector_make_one_return() throws IOException {
        int port = FreePorts.next();
        try (SmtpSink monitor = SmtpSink.open();
                Program reflector = start("here", HERE, port, monitor.port());
                SmtpClient client = SmtpClient.connect(port)) {
            String probe = probe(HERE, "return@monitor.test");
            for (int i = 0; i < 1000; i++) {
                assertThat(client.message("probe@monitor.test", HERE, probe)).startsWith("250 2.0.0 ");
            }
            assertThat(reflector.await(" reason=repeated ")).contains(" discarded ", " was returned at ");
            assertThat(monitor.waiting()).isEqualTo(1);
        }
    }

    @Test
    void a_reflector_needs_no_more_rights_than_an_ordinary_user_has() throws IOException {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "only root can become another user");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        int port = FreePorts.next();
        try (SmtpSink monitor = SmtpSink.open();
                Program reflector = start(
                        "here",
                        HERE,
                        port,
                        monitor.port(),
                        "setpriv",
                        "--reuid=nobody",
                        "--regid=nogroup",
                        "--clear-groups")) {
            assertThat(SmtpClient.send(port, "probe@monitor.test", HERE, probe(HERE, "return@monitor.test")))
                    .startsWith("250 2.0.0 ");
            assertThat(monitor.next().text()).contains("\r\nMailsonar-Return: 1; ");
            assertThat(reflector.errors()).doesNotContain("as root");
            assertThat(user(reflector.id())).isEqualTo(user("nobody"));
            reflector.terminate();
            assertThat(reflector.status()).as(reflector.toString()).isZero();
        }
    }

    @Test
    void a_reflector_that_runs_as_root_says_that_it_need_not() throws IOException {
        Assumptions.assumeTrue(System.getProperty("user.name").equals("root"), "this is about root");
        int port = FreePorts.next();
        try (Program reflector = start("here", HERE, port, port)) {
            assertThat(reflector.await("this runs as root")).contains("WARN", "an ordinary user");
        }
    }

    /** How many messages it has told of. */
    private static long messages(Program reflector) {
        return reflector
                .errors()
                .lines()
                .filter(line -> line.contains(" from=<"))
                .count();
    }

    private static int user(long process) throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/" + process), "unix:uid");
    }

    private static int user(String name) throws IOException {
        return Files.readAllLines(Path.of("/etc/passwd")).stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields[0].equals(name))
                .map(fields -> Integer.valueOf(fields[2]))
                .findFirst()
                .orElseThrow();
    }

    private Program start(String name, String address, int port, int relayPort, String... before) throws IOException {
        Path own = Files.createDirectory(directory.resolve(name));
        TestKeys.copy("monitor.pub", own, "rw-r--r--");
        Path file = Files.writeString(own.resolve("reflector.yaml"), """
                address: %s
                trust:
                  - key: monitor.pub
                    returnTo: ["*@company.test", "*@elsewhere.test", "*@monitor.test"]
                relay: smtp://127.0.0.1:%d
                listen: ["smtp://127.0.0.1:%d"]
                """.formatted(address, relayPort, port));
        List<String> words = new ArrayList<>(List.of(before));
        words.addAll(List.of(InstalledTree.shared().script("mailsonar"), "reflector", "--config", file.toString()));
        Program reflector = Program.start(InstalledTree.environment(), words.toArray(String[]::new));
        reflector.await("listening on");
        return reflector;
    }

    private static String probe(String to, String returnTo) {
        KeyPair pair = TestKeys.pair("monitor");
        TokenSigner signer = new TokenSigner(pair.getPrivate(), pair.getPublic());
        Instant now = Instant.now();
        ProbeToken token = signer.state(
                ProbeId.create(now, new SecureRandom()),
                EmailAddress.parse(to),
                EmailAddress.parse(returnTo),
                now,
                Duration.ofDays(1));
        byte[] message = ProbeMail.compose(token, signer.sign(token), EmailAddress.parse("probe@monitor.test"), 0);
        return new String(message, StandardCharsets.US_ASCII);
    }
}
