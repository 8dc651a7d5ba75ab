package org.mailsonar.check.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.testing.TestClock;

/** A run as a whole: its table, its state, and what becomes of it when something is missing or it is killed. */
class HostCheckTest {

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-21T18:00:00Z"));

    private static final HostPart FIGURES = part(round -> {
        round.measure("queue_active", 12, "");
        round.measure("queue_held", 3, "");
        round.measure("swap_available", 2.5 * 1024 * 1024 * 1024, "B");
        round.measure("scan_rate", 0.4, "");
        round.measure("cpu_user", 12.4, "%");
        round.measure("cpu_system", 3, "%");
        round.measure("cpu_wait", 0, "%");
        round.measure("cpu_idle", 84.6, "%");
        round.measure("tcp_smtp", 40, "");
        round.measure("tcp_imap", 1234, "");
    });

    @Test
    void each_run_adds_a_row_below_a_head_that_comes_back_now_and_then() throws Exception {
        for (int i = 0; i < HostTable.ROWS + 1; i++) {
            look(FIGURES);
        }

        List<String> lines = table();
        assertThat(lines.subList(0, 4))
                .containsExactly(
                        "#                                queue       swap     scan                   cpu %         tcp",
                        "#time                  active     held   free MiB  pages/s    us    sy    wt    id  smtp  imap",
                        "2026-11-21T18:01:00Z       12        3       2560        0    12     3     0    85    40  1234",
                        "2026-11-21T18:02:00Z       12        3       2560        0    12     3     0    85    40  1234");
        assertThat(lines).hasSize(2 * 2 + HostTable.ROWS + 1);
        assertThat(lines.get(2 + HostTable.ROWS)).startsWith("#");
    }

    @Test
    void what_is_not_known_is_a_dash() throws Exception {
        look(part(round -> round.measure("queue_active", 1, "")));

        assertThat(table().getLast())
                .isEqualTo(
                        "2026-11-21T18:01:00Z        1        -          -        -     -     -     -     -     -     -");
    }

    @Test
    void the_row_of_a_run_that_was_killed_before_it_wrote_it_is_written_by_the_next_one() throws Exception {
        look(FIGURES);
        List<String> before = table();
        look(FIGURES);
        List<String> whole = table();
        Files.write(directory.resolve("qmonitor.log"), before);
        killedBeforeItWasNoted();

        look(FIGURES);

        assertThat(table().subList(0, 4)).isEqualTo(whole);
        assertThat(table()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void a_row_that_went_away_with_the_rotated_table_is_not_written_again() throws Exception {
        look(FIGURES);
        Files.move(directory.resolve("qmonitor.log"), directory.resolve("qmonitor.log.1"));
        look(FIGURES);

        assertThat(table()).hasSize(3).noneMatch(line -> line.startsWith("2026-11-21T18:01"));
        assertThat(table().getFirst()).startsWith("#");
    }

    @Test
    void a_row_that_went_away_under_another_name_or_compressed_is_not_written_again() throws Exception {
        look(FIGURES);
        Files.move(directory.resolve("qmonitor.log"), directory.resolve("qmonitor.log-20261121"));
        look(FIGURES);
        Files.delete(directory.resolve("qmonitor.log"));
        look(FIGURES);

        assertThat(table()).hasSize(3).noneMatch(line -> line.startsWith("2026-11-21T18:02"));
        assertThat(table().getFirst()).startsWith("#");
    }

    @Test
    void a_row_that_is_written_after_all_has_a_head_above_it_in_a_new_table() throws Exception {
        look(FIGURES);
        killedBeforeItWasNoted();
        Files.delete(directory.resolve("qmonitor.log"));
        look(FIGURES);

        assertThat(table()).hasSize(4);
        assertThat(table().getFirst()).startsWith("#");
        assertThat(table().get(2)).startsWith("2026-11-21T18:01");
    }

    /** The state as it is when a run dies between the table and the note that the row is there. */
    private void killedBeforeItWasNoted() throws IOException {
        Path state = directory.resolve("host.state");
        Files.writeString(state, Files.readString(state).replace("row.done\tyes\n", ""));
    }

    @Test
    void what_cannot_be_looked_at_hinders_nothing_else() throws Exception {
        HostReport report = look(
                part(round -> {
                    throw new CannotLookException("postqueue: there is no such program");
                }),
                part(round -> {
                    throw new UnsupportedOperationException("no such system");
                }),
                FIGURES);

        assertThat(report.measures()).hasSize(10);
        assertThat(report.state()).isEqualTo(State.UNKNOWN);
        assertThat(report.troubles())
                .containsExactly(
                        "part: postqueue: there is no such program",
                        "part: cannot be looked at (java.lang.UnsupportedOperationException: no such system)");
        assertThat(table()).hasSize(3);
    }

    @Test
    void a_table_that_cannot_be_written_is_a_trouble() throws Exception {
        HostSettings settings = Hosts.in(directory).withLog(directory.resolve("none/qmonitor.log"));

        HostReport report = new HostCheck(settings, clock, List.of(FIGURES)).look();

        assertThat(report.troubles()).singleElement().asString().startsWith("table " + settings.log() + ": cannot be");
        assertThat(report.measures()).hasSize(10);
    }

    @Test
    void a_state_that_cannot_be_kept_is_a_trouble() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        HostReport report = new HostCheck(Hosts.in(file), clock, List.of(FIGURES)).look();

        assertThat(report.troubles()).singleElement().asString().startsWith("state " + file);
        assertThat(report.measures()).hasSize(10);
    }

    @Test
    void a_broken_state_is_as_if_there_had_been_no_run() throws Exception {
        Files.write(directory.resolve("host.state"), new byte[] {0, 1, 2, 10, 9});

        assertThat(look(FIGURES).troubles()).isEmpty();
        assertThat(table()).hasSize(3);
    }

    @Test
    void of_two_runs_at_a_time_one_alone_keeps_what_it_found() throws Exception {
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("host.state.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            HostReport report = look(FIGURES);

            assertThat(lock.isValid()).isTrue();
            assertThat(report.measures()).hasSize(10);
            assertThat(report.troubles()).singleElement().asString().contains("another run is looking at this machine");
        }
        assertThat(directory.resolve("qmonitor.log")).doesNotExist();
    }

    @Test
    void the_result_of_the_check_carries_the_measures_and_the_worst_state() throws Exception {
        HostSettings settings = Hosts.in(directory)
                .withThresholds(Map.of(
                        "queue_active", new Threshold(11.0, null, null, null),
                        "cpu_idle", new Threshold(null, null, null, 90.0)));
        HostCheck check = new HostCheck(settings, clock, List.of(FIGURES));

        CheckResult result = check.run();

        assertThat(check.name()).isEqualTo("host mta1");
        assertThat(result.state()).isEqualTo(State.FAILING);
        assertThat(result.reason()).isEqualTo("queue_active 12 (above 11), cpu_idle 84.6 % (below 90 %)");
        assertThat(result.measures()).hasSize(10);
        assertThat(result.trouble()).isNull();
    }

    @Test
    void a_trouble_is_one_of_the_set_up() throws Exception {
        CheckResult result = new HostCheck(
                        Hosts.in(directory),
                        clock,
                        List.of(part(round -> round.trouble("disk /none: cannot be looked at"))))
                .run();

        assertThat(result.state()).isEqualTo(State.UNKNOWN);
        assertThat(result.trouble()).isEqualTo(new Trouble(Trouble.Stage.SET_UP, Trouble.Kind.MISCONFIGURED));
    }

    @Test
    void the_sample_has_every_value() throws Exception {
        assertThat(look(FIGURES).sample()).satisfies(sample -> {
            assertThat(sample.host()).isEqualTo("mta1");
            assertThat(sample.at()).isEqualTo(Instant.parse("2026-11-21T18:01:00Z"));
            assertThat(sample.values()).hasSize(10).containsEntry("tcp_imap", 1234.0);
        });
    }

    private HostReport look(HostPart... parts) throws InterruptedException {
        clock.pass(Duration.ofMinutes(1));
        return new HostCheck(Hosts.in(directory), clock, List.of(parts)).look();
    }

    private List<String> table() throws IOException {
        return Files.readAllLines(directory.resolve("qmonitor.log"));
    }

    private interface Look {
        void at(Round round) throws CannotLookException;
    }

    private static HostPart part(Look look) {
        return new HostPart() {
            @Override
            public String name() {
                return "part";
            }

            @Override
            public void look(Round round) throws CannotLookException {
                look.at(round);
            }
        };
    }
}
