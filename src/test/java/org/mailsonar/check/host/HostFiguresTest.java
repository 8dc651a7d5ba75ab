package org.mailsonar.check.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.program.Programs;
import org.mailsonar.testing.TestClock;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor.TickType;

/** Figures of this machine: how they are read, how they are judged, and that the real ones are plausible. */
class HostFiguresTest {

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock(Instant.now());

    @ParameterizedTest
    @CsvSource({
        "10, GOOD", "10.001, WARNING", "20, WARNING", "20.001, FAILING",
        "5, GOOD", "4.999, WARNING", "2, WARNING", "1.999, FAILING"
    })
    void a_value_that_is_equal_to_a_threshold_has_not_crossed_it(double value, State state) {
        assertThat(new Threshold(10.0, 20.0, 5.0, 2.0).measure("m", value, "").state())
                .isEqualTo(state);
    }

    @Test
    void a_threshold_that_could_never_warn_is_refused() {
        assertThatThrownBy(() -> new Threshold(20.0, 10.0, null, null))
                .hasMessage("failAbove is less than warnAbove, so it would never warn");
        assertThatThrownBy(() -> new Threshold(null, null, 1.0, 2.0))
                .hasMessage("failBelow is more than warnBelow, so it would never warn");
    }

    @Test
    void what_scans_is_counted_once() {
        assertThat(ScanRate.scanned("""
                nr_free_pages 12
                pgscan_kswapd 100
                pgscan_direct 20
                pgscan_khugepaged 3
                pgscan_proactive 4
                pgscan_direct_throttle 999
                pgscan_anon 60
                pgscan_file 67
                pgsteal_kswapd 90
                """)).isEqualTo(127);
        assertThat(ScanRate.scanned("pgscan_kswapd_dma32 5\npgscan_kswapd_normal 6\npgscan_direct_normal 7\n"))
                .as("before Linux 4.8")
                .isEqualTo(18);
    }

    @Test
    void shares_of_the_processors_are_of_what_passed_between() {
        long[] before = new long[TickType.values().length];
        long[] after = before.clone();
        after[TickType.USER.getIndex()] = 20;
        after[TickType.NICE.getIndex()] = 5;
        after[TickType.IDLE.getIndex()] = 75;
        Machine.Shares shares = new Machine.Shares(before, after);

        assertThat(shares.percent(TickType.USER, TickType.NICE)).isEqualTo(25);
        assertThat(shares.percent(TickType.IDLE)).isEqualTo(75);
        assertThat(new Machine.Shares(before, before).percent(TickType.IDLE)).isZero();
    }

    @Test
    void a_connection_within_the_machine_counts_once_and_one_that_listens_or_waits_does_not() {
        ConnectionTally tally = new ConnectionTally(services());
        List.of(
                        "  sl  local_address rem_address   st tx_queue",
                        "   0: 00000000:0019 00000000:0000 0A 00000000:00000000",
                        "   1: 0100007F:0019 0100007F:C001 01 00000000:00000000",
                        "   2: 0100007F:C001 0100007F:0019 01 00000000:00000000",
                        "   3: 0B00000A:0019 07000200:D431 01 00000000:00000000",
                        "   4: 0B00000A:0019 07000200:D432 06 00000000:00000000",
                        "   5: 0B00000A:C555 09000200:0019 01 00000000:00000000",
                        "   6: 0000000000000000FFFF00000B00000A:008F 0000000000000000FFFF000007000200:D433 01 0",
                        "   7: garbage",
                        "   8: 0B00000A:XXXX 09000200:0019 01 0")
                .forEach(tally::addLinux);

        assertThat(tally.counts()).containsExactly(Map.entry("smtp", 3), Map.entry("imap", 1));
    }

    @Test
    void real_figures_of_this_machine_are_plausible() throws Exception {
        HostSettings settings = real(List.of("java"), List.of(), services());

        Map<String, Double> values = Hosts.values(new HostCheck(settings, clock).look());

        double shares = values.getOrDefault("cpu_user", -1.0)
                + values.getOrDefault("cpu_system", -1.0)
                + values.getOrDefault("cpu_wait", -1.0)
                + values.getOrDefault("cpu_idle", -1.0)
                + values.getOrDefault("cpu_steal", -1.0);
        assertThat(shares).isCloseTo(100, within(0.01));
        assertThat(values.getOrDefault("memory_used", -1.0)).isBetween(1.0, 100.0);
        assertThat(values.getOrDefault("memory_available", -1.0)).isGreaterThan(1 << 20);
        assertThat(values.getOrDefault("process_java", -1.0)).isGreaterThanOrEqualTo(1);
        double usable = Files.getFileStore(directory).getUsableSpace();
        assertThat(values.getOrDefault("disk_here_free", -1.0)).isCloseTo(usable, within(1e9));
        assertThat(values.getOrDefault("disk_here_used", -1.0)).isBetween(0.1, 100.0);
        if (OS.LINUX.isCurrentOs()) {
            assertThat(values).containsKey("disk_here_inodes");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_real_connection_is_counted() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket taken = server.accept()) {
            HostSettings settings = real(List.of(), List.of(), Map.of("here", List.of(server.getLocalPort())));

            HostReport report = new HostCheck(settings, clock, List.of(new Connections(new SystemInfo()))).look();

            assertThat(client.isConnected() && taken.isConnected()).isTrue();
            assertThat(Hosts.values(report)).containsExactly(Map.entry("tcp_here", 1.0));
        }
    }

    @Test
    void files_are_counted_measured_and_compared_with_the_run_before() throws Exception {
        Path spool = Files.createDirectory(directory.resolve("spool"));
        HostSettings settings = real(
                List.of(),
                List.of(
                        new HostSettings.Files("file_core", spool, "core*"),
                        new HostSettings.Files("file_{odd}", spool, "{odd}"),
                        new HostSettings.Files("file_gone", directory.resolve("none"), "x")),
                Map.of());
        HostCheck check = new HostCheck(settings, clock, List.of(new WatchedFiles()));
        assertThat(Hosts.values(check.look())).containsOnlyKeys("file_core_count", "file_{odd}_count");
        Files.write(spool.resolve("core.17"), new byte[1000]);
        Files.write(spool.resolve("{odd}"), new byte[5]);
        Files.createDirectory(spool.resolve("core.d"));
        clock.pass(Duration.ofMinutes(5));

        HostReport report = check.look();

        assertThat(Hosts.values(report))
                .containsEntry("file_core_count", 1.0)
                .containsEntry("file_core_size", 1000.0)
                .containsEntry("file_core_growth", 1000.0)
                .containsEntry("file_{odd}_count", 1.0);
        assertThat(Hosts.values(report).getOrDefault("file_core_age", -1.0)).isBetween(290.0, 310.0);
        assertThat(report.troubles())
                .singleElement()
                .asString()
                .endsWith(": there is no directory " + directory + "/none");
    }

    @Test
    void a_file_system_that_does_not_answer_hinders_nothing_else_and_is_asked_once() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Disks disks = new Disks(path -> {
            asked.incrementAndGet();
            try {
                back.await();
            } catch (InterruptedException never) {
                throw new InterruptedIOException();
            }
            return new Disks.Space(100, 50, 30, 10, 1);
        });
        HostSettings settings = patient(Duration.ofMillis(300));
        HostCheck check = new HostCheck(settings, clock, List.of(disks));

        assertThat(check.look().troubles())
                .containsExactly("disk " + directory + ": its file system does not answer within 0.3 s");
        assertThat(check.look().troubles())
                .containsExactly("disk " + directory + ": its file system still does not answer");
        assertThat(asked).hasValue(1);
        back.countDown();
        HostCheck again = new HostCheck(patient(Duration.ofSeconds(30)), clock, List.of(disks));
        HostReport report = again.look();
        for (int i = 0; i < 1_000 && !report.troubles().isEmpty(); i++) {
            report = again.look(); // the answer to the first question is on its way
        }
        assertThat(Hosts.values(report))
                .containsEntry("disk_here_used", 62.5)
                .containsEntry("disk_here_free", 30.0)
                .containsEntry("disk_here_inodes", 90.0);
    }

    private HostSettings patient(Duration limit) {
        HostSettings some = real(List.of(), List.of(), Map.of());
        return new HostSettings(
                some.host(),
                some.state(),
                null,
                some.programs(),
                limit,
                some.interval(),
                Map.of(),
                List.of(),
                some.disks(),
                Map.of(),
                List.of(),
                List.of(),
                null);
    }

    @Test
    void where_a_file_must_be_a_directory_that_is_not_there_is_as_bad_as_an_empty_one() throws Exception {
        HostSettings.Files gone = new HostSettings.Files("file_gone", directory.resolve("none"), "x");
        HostSettings settings = real(List.of(), List.of(gone), Map.of())
                .withThresholds(Map.of("file_gone_count", new Threshold(null, null, null, 1.0)));

        HostReport report = new HostCheck(settings, clock, List.of(new WatchedFiles())).look();

        assertThat(report.state()).isEqualTo(State.FAILING);
        assertThat(report.reason()).isEqualTo("file_gone_count 0 (below 1)");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_process_with_a_long_name_is_counted_also_when_it_is_a_script() throws Exception {
        Path script = Files.writeString(directory.resolve("mail-archiver-daemon"), "#!/bin/sh\necho up\nread line\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Process process = new ProcessBuilder(script.toString()).start();
        try {
            assertThat(process.inputReader().readLine()).isEqualTo("up");
            HostSettings settings = real(List.of("mail-archiver-daemon", "mail-archiver-other"), List.of(), Map.of());

            HostReport report = new HostCheck(settings, clock, List.of(new Processes(new SystemInfo()))).look();

            assertThat(Hosts.values(report)).containsEntry("process_mail-archiver-daemon", 1.0);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void processors_are_watched_from_run_to_run_and_the_scan_rate_has_a_run_before() throws Exception {
        HostSettings settings = real(List.of(), List.of(), Map.of());
        HostCheck check = new HostCheck(settings, clock, List.of(new Machine(new SystemInfo()), new ScanRate()));
        assertThat(Hosts.values(check.look())).doesNotContainKey("scan_rate");
        clock.pass(Duration.ofMinutes(1));
        assertThat(Hosts.values(check.look())).containsKeys("cpu_idle");
        if (Files.exists(Path.of("/proc/vmstat"))) {
            clock.pass(Duration.ofMinutes(1));
            assertThat(Hosts.values(check.look()).getOrDefault("scan_rate", -1.0))
                    .isGreaterThanOrEqualTo(0);
        }
    }

    private static Map<String, List<Integer>> services() {
        Map<String, List<Integer>> services = new LinkedHashMap<>();
        services.put("smtp", List.of(25));
        services.put("imap", List.of(143));
        return services;
    }

    private HostSettings real(
            List<String> processes, List<HostSettings.Files> files, Map<String, List<Integer>> services) {
        return new HostSettings(
                "mta1",
                directory.resolve("host.state"),
                null,
                new Programs(),
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                Map.of(),
                List.of(),
                List.of(new HostSettings.Disk("disk_here", directory)),
                services,
                processes,
                files,
                null);
    }
}
