package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsPostfix;

/** A reflector that signs its returns and a monitor that takes no others, with a real Postfix between them. */
@NeedsPostfix
class SignedReturnIT {

    @TempDir
    private Path directory;

    private WholeSite site;

    @BeforeEach
    void start() throws IOException {
        site = WholeSite.start(directory);
        keygen("reflector");
        keygen("other");
        site.monitor("timeout: 10m, returnKey: keys/reflector.pub");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void returns_of_a_resident_reflector_that_signs_are_taken() throws IOException {
        try (Program reflector = site.reflectByListener("signWith: keys/reflector.key")) {
            assertReturned();
            assertThat(reflector.isAlive()).isTrue();
        }
    }

    @Test
    void returns_of_a_pipe_program_that_signs_are_taken() throws IOException {
        site.reflectByPipe();
        Path settings = site.lab().home("webscout").resolve(".mailsonar");
        site.lab().run("cp", directory.resolve("keys/reflector.key").toString(), settings.toString());
        site.lab().run("chown", "webscout", settings.resolve("reflector.key").toString());
        Files.writeString(
                settings.resolve("reflector.yaml"),
                Files.readString(settings.resolve("reflector.yaml")) + "signWith: reflector.key\n");
        assertReturned();
    }

    @Test
    void an_unsigned_return_is_refused_and_counted_and_the_probe_stays_in_flight() throws IOException {
        try (Program reflector = site.reflectByListener("")) {
            assertRefused("unsigned_return");
            assertThat(reflector.isAlive()).isTrue();
        }
    }

    @Test
    void a_return_signed_with_another_key_is_refused_as_well() throws IOException {
        try (Program reflector = site.reflectByListener("signWith: keys/other.key")) {
            assertRefused("forged_return");
            assertThat(reflector.isAlive()).isTrue();
        }
    }

    private void assertReturned() {
        try (Program probe = site.probe("--format", "json")) {
            assertThat(probe.status()).as(probe.toString()).isZero();
            assertThat(probe.output()).contains("\"outcome\":\"returned\"", "\"clock\":\"monotonic\"");
        }
    }

    private void assertRefused(String reason) {
        try (Program monitor = site.startMonitor()) {
            assertThat(monitor.await(" reason=" + reason + " ")).contains(" unwanted from=<> to=<return@monitor.test>");
            site.lab().awaitEmptyQueue();
            Program status = site.status("text");
            assertThat(status.output()).contains("in flight", "unproven: 1");
        }
    }

    private void keygen(String name) {
        try (Program keygen =
                WholeSite.mailsonar("keygen", "--out", directory.resolve("keys").toString(), "--name", name)) {
            assertThat(keygen.status()).as(keygen.toString()).isZero();
        }
    }
}
