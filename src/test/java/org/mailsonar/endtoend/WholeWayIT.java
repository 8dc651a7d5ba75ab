package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.config.ConfigException;
import org.mailsonar.config.ReflectorConfig;
import org.mailsonar.intake.smtp.ListenerSettings;
import org.mailsonar.intake.smtp.SmtpListener;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.reflect.Reflector;
import org.mailsonar.relay.Relay;
import org.mailsonar.time.TimeSource;

/** From the monitor through a real Postfix to the reflector and back through Postfix, every part a program of its own. */
@NeedsPostfix
class WholeWayIT {

    @TempDir
    private Path directory;

    private WholeSite site;

    @BeforeEach
    void start() throws IOException {
        site = WholeSite.start(directory);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void the_way_over_a_forward_file_is_timed() throws IOException {
        site.reflectByPipe();
        String json = timedProbe();

        assertThat(json).contains("\"name\":\"company\"", "\"duplicates\":0", "queued as");
        site.lab().awaitEmptyQueue();
        assertThat(site.lab().mailbox("webscout")).isEmpty();
    }

    @Test
    void keys_that_keygen_made_are_as_good() throws IOException {
        Path keys = directory.resolve("keys");
        Files.delete(keys.resolve("monitor.key"));
        Files.delete(keys.resolve("monitor.pub"));
        try (Program keygen = WholeSite.mailsonar("keygen", "--out", keys.toString())) {
            assertThat(keygen.status()).as(keygen.toString()).isZero();
            assertThat(keygen.output()).contains(keys + "/monitor.key  private", keys + "/monitor.pub  public");
        }
        site.reflectByPipe();
        timedProbe();
    }

    @Test
    void the_way_over_a_resident_reflector_is_timed() throws IOException {
        try (Program reflector = site.reflectByListener()) {
            timedProbe();
            assertThat(reflector.await(" accepted from=<probe+")).contains("returned to return@monitor.test");
        }
    }

    @Test
    void it_is_told_in_words_and_to_a_monitoring_system() throws IOException {
        site.reflectByPipe();
        try (Program probe = site.probe()) {
            assertThat(probe.status()).as(probe.toString()).isZero();
            assertThat(probe.output()).matches("webscout@company\\.test  round trip \\d+\\.\\d{3} s\n");
        }
        try (Program probe = site.probe("--format", "nagios")) {
            assertThat(probe.status()).as(probe.toString()).isZero();
            assertThat(probe.output())
                    .matches(
                            "OK - webscout@company\\.test round trip \\d+\\.\\d{3} s \\| rtt=\\d+\\.\\d{3}s;120;600;0\n");
        }
        assertThat(site.status("text").output()).matches("company  \\S+Z  round trip \\d+\\.\\d{3} s\n");
        Program status = site.status("nagios");
        assertThat(status.output()).startsWith("OK - webscout@company.test round trip ");
        assertThat(status.status()).isZero();
    }

    @Test
    void slower_than_the_threshold_is_a_warning() throws IOException {
        site.reflectByPipe();
        site.monitor("slowAfter: 1ms, timeout: 10m");
        try (Program probe = site.probe("--format", "nagios")) {
            assertThat(probe.status()).isEqualTo(1);
            assertThat(probe.output()).startsWith("WARNING - webscout@company.test round trip ");
        }
        assertThat(site.status("text").status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {-30, 30})
    void a_reflector_with_a_wrong_clock_changes_no_number(long hours) throws IOException, ConfigException {
        site.reflectByListener().close();
        ReflectorConfig config = ReflectorConfig.load(directory.resolve("reflector.yaml"));
        TimeSource wrong =
                TimeSource.of(InstantSource.offset(InstantSource.system(), Duration.ofHours(hours)), System::nanoTime);
        ListenerSettings settings = ListenerSettings.on("127.0.0.1", 0).acceptingIf(config.settings()::isProbed);
        try (Relay relay = config.relay().open();
                SmtpListener listener = SmtpListener.start(settings, new Reflector(config.settings(), relay), wrong)) {
            site.route(listener.port());
            assertThat(List.of(timedProbe(), timedProbe())).allMatch(json -> json.contains("\"outcome\":\"returned\""));
        }
    }

    /** Probes once and checks every number against the clock of this test; returns the JSON. */
    private String timedProbe() {
        long start = System.nanoTime();
        try (Program probe = site.probe("--format", "json")) {
            int status = probe.status();
            double elapsed = (System.nanoTime() - start) / 1e9;
            assertThat(status).as(probe.toString()).isZero();
            String json = probe.output();
            assertThat(json).contains("\"outcome\":\"returned\"", "\"clock\":\"monotonic\"");
            assertThat(WholeSite.number(json, "roundTripSeconds")).isPositive().isLessThan(elapsed);
            assertThat(WholeSite.number(json, "resolutionSeconds")).isEqualTo(0.001);
            return json;
        }
    }
}
