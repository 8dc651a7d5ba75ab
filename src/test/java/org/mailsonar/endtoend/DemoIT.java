package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code mailsonar demo}, as a newcomer starts it. */
@EnabledOnOs(OS.LINUX)
class DemoIT {

    private static final String ROUND_TRIP = "\\S+Z  webscout@company\\.test  round trip \\d\\.\\d{3} s";

    @TempDir
    private Path directory;

    @Test
    void once_prints_one_round_trip_and_ends_well() {
        try (Program demo = start("--once")) {
            assertThat(demo.status()).as(demo.toString()).isZero();
            assertThat(demo.errors()).isEmpty();
            List<String> lines = demo.output().lines().toList();
            assertThat(lines).hasSize(5);
            assertThat(lines.getFirst()).startsWith("A monitor probes a reflector, both on this machine");
            assertThat(lines.get(1)).startsWith("  monitor    probe@monitor.test, takes returns at smtp://127.0.0.1:");
            assertThat(lines.get(2)).startsWith("  reflector  webscout@company.test, listens at smtp://127.0.0.1:");
            assertThat(lines.get(3)).startsWith("  data       " + directory);
            assertThat(lines.getLast()).matches(ROUND_TRIP);
        }
        assertThat(List.of("keys/monitor.key", "reflector.yaml", "monitor.yaml", "mailsonar.db"))
                .allMatch(name -> Files.exists(directory.resolve(name)));
    }

    @Test
    void it_can_be_started_again_on_the_same_data() {
        for (int i = 0; i < 2; i++) {
            try (Program demo = start("--once")) {
                assertThat(demo.status()).as(demo.toString()).isZero();
                assertThat(demo.output().lines().toList().getLast()).matches(ROUND_TRIP);
            }
        }
    }

    @Test
    void it_goes_on_until_ctrl_c_and_then_ends_well() {
        try (Program demo = start()) {
            demo.await("round trip");
            interrupt(demo);
            assertThat(demo.status()).as(demo.toString()).isZero();
            assertThat(demo.errors()).isEmpty();
            assertThat(demo.output()).contains("\nCtrl-C ends it.\n").endsWith("\nStopped.\n");
        }
    }

    @Test
    void ctrl_c_before_it_has_begun_leaves_nothing_behind() {
        try (Program demo = start()) {
            demo.await("A monitor probes");
            interrupt(demo);
            assertThat(demo.status()).as(demo.toString()).isZero();
            assertThat(demo.errors()).isEmpty();
        }
        try (Program demo = start("--once")) {
            assertThat(demo.status()).as(demo.toString()).isZero();
        }
    }

    /** With the signal's default action, which a test started in the background may have lost. */
    private Program start(String... options) {
        List<String> words = new ArrayList<>(
                List.of("env", "--default-signal=INT", InstalledTree.shared().script("mailsonar"), "demo"));
        words.addAll(List.of("--data", directory.toString()));
        words.addAll(List.of(options));
        return Program.start(InstalledTree.environment(), words.toArray(String[]::new));
    }

    private static void interrupt(Program program) {
        try (Program kill = Program.start(InstalledTree.environment(), "sh", "-c", "kill -INT " + program.id())) {
            assertThat(kill.status()).isZero();
        }
    }
}
