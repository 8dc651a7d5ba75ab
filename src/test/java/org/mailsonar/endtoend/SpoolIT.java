package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.probe.TestKeys;

/** {@code mailsonar reflector} as a process that takes mail from its spool and returns it to an SMTP server. */
class SpoolIT {

    @TempDir
    private Path directory;

    private SmtpSink monitor;
    private Path spool;

    @BeforeEach
    void configure() throws IOException {
        monitor = SmtpSink.open();
        spool = directory.resolve("spool");
        TestKeys.copy("monitor.pub", directory, "rw-r--r--");
        Files.writeString(directory.resolve("reflector.yaml"), """
                address: webscout@company.test
                trust:
                  - key: monitor.pub
                    returnTo: ["*@monitor.test"]
                relay: smtp://127.0.0.1:%d
                spool: %s
                """.formatted(monitor.port(), spool));
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void a_probe_put_into_the_spool_comes_back_and_is_gone_from_there() throws IOException {
        try (Program reflector = start()) {
            SignedProbe probe = deliver(SignedProbe.fresh(), "1");

            SmtpSink.Delivery back = monitor.next();
            assertThat(back.recipients()).containsExactly(SignedProbe.RETURN);
            assertThat(back.text()).contains(probe.id().text());
            assertThat(reflector.await("accepted from=<" + probe.sender())).contains("client=spool");
            Poll.until("an empty spool", () -> count("new") + count("cur") == 0);
        }
        assertThat(monitor.waiting()).isZero();
    }

    @Test
    void strangers_mail_is_dropped_without_an_answer() throws IOException {
        try (Program reflector = start()) {
            deliver(SignedProbe.byStranger(), "1");
            reflector.await("unwanted from=<");
            Poll.until("an empty spool", () -> count("new") + count("cur") == 0);
        }
        assertThat(count("failed")).isZero();
        assertThat(monitor.waiting()).isZero();
    }

    @Test
    void what_waited_while_no_reflector_ran_is_returned_by_the_next_one() throws IOException {
        start().close();
        for (int i = 0; i < 20; i++) {
            deliver(SignedProbe.fresh(), "mail-" + i);
        }
        try (Program reflector = start()) {
            for (int i = 0; i < 20; i++) {
                monitor.next();
            }
            Poll.until("an empty spool", () -> count("new") + count("cur") == 0);
            assertThat(reflector.isAlive()).isTrue();
        }
        assertThat(monitor.waiting()).isZero();
    }

    @Test
    void a_second_reflector_on_the_same_spool_is_refused_in_one_line() {
        try (Program first = start();
                Program second = program()) {
            assertThat(second.status()).isEqualTo(3);
            assertThat(second.errors().lines())
                    .singleElement()
                    .asString()
                    .isEqualTo("mailsonar reflector: cannot watch spool:" + spool
                            + ": another reflector watches it; stop that one, or give this one a spool of its own");
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void the_lease_runs_while_the_reflector_does_and_is_gone_after_sigterm() throws IOException {
        try (Program reflector = start()) {
            Poll.until("a lease", () -> leaseEnds().isAfter(Instant.now()));
            reflector.terminate();
            assertThat(reflector.status()).as(reflector.toString()).isZero();
            assertThat(spool.resolve("alive")).doesNotExist();
        }
    }

    private Instant leaseEnds() {
        try {
            return Files.getLastModifiedTime(spool.resolve("alive")).toInstant();
        } catch (IOException notYetThere) {
            return Instant.MIN;
        }
    }

    private Program start() {
        Program reflector = program();
        reflector.await("watching spool:" + spool);
        return reflector;
    }

    private Program program() {
        return Program.start(
                InstalledTree.environment(),
                InstalledTree.shared().script("mailsonar"),
                "reflector",
                "--config",
                directory.resolve("reflector.yaml").toString());
    }

    private SignedProbe deliver(SignedProbe probe, String name) throws IOException {
        Path unfinished = Files.writeString(
                spool.resolve("tmp").resolve(name),
                "X-Sender: <" + probe.sender() + ">\nX-Receiver: <" + SignedProbe.TARGET + ">\n" + probe.text(),
                StandardCharsets.US_ASCII);
        Files.move(unfinished, spool.resolve("new").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return probe;
    }

    private long count(String name) {
        try (Stream<Path> files = Files.list(spool.resolve(name))) {
            return files.count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
