package org.mailsonar.intake.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.testing.TestClock;

class LeaseTest {

    private static final Instant NOW = Instant.parse("2026-11-21T01:02:03Z");

    @TempDir
    private Path spool;

    private final TestClock clock = new TestClock(NOW);
    private Path alive;
    private LeaseKeeper keeper;

    @BeforeEach
    void make() {
        alive = spool.resolve("alive");
        keeper = new LeaseKeeper(new Lease(spool, clock), new Complaints("spool:test", clock), clock);
    }

    @Test
    void there_is_no_lease_before_anybody_looks_for_mail() {
        keeper.turn();
        assertThat(alive).doesNotExist();
    }

    @Test
    void the_first_beat_renews_at_once_and_each_turn_after_it_to_five_seconds_ahead() throws IOException {
        keeper.beat();
        assertThat(until()).isEqualTo(NOW.plusSeconds(5));
        clock.pass(Duration.ofSeconds(1));
        keeper.turn();
        assertThat(until()).isEqualTo(NOW.plusSeconds(6));
    }

    @Test
    void without_a_beat_for_five_seconds_it_runs_out_and_with_the_next_it_goes_on() throws IOException {
        keeper.beat();
        clock.pass(Duration.ofSeconds(5));
        keeper.turn();
        assertThat(until()).isEqualTo(NOW.plusSeconds(10));
        clock.pass(Duration.ofSeconds(1));
        keeper.turn();
        assertThat(until()).isEqualTo(NOW.plusSeconds(10));
        keeper.beat();
        keeper.turn();
        assertThat(until()).isEqualTo(NOW.plusSeconds(11));
    }

    @Test
    void in_a_pause_it_is_not_renewed_and_the_next_beat_renews_it_at_once() throws IOException {
        keeper.beat();
        keeper.pause();
        clock.pass(Duration.ofSeconds(1));
        keeper.turn();
        assertThat(until()).isEqualTo(NOW.plusSeconds(5));
        keeper.beat();
        assertThat(until()).isEqualTo(NOW.plusSeconds(6));
    }

    @Test
    void a_step_of_the_wall_clock_does_not_stop_it() throws IOException {
        keeper.beat();
        clock.stepWall(Duration.ofHours(-1));
        keeper.turn();
        assertThat(until()).isEqualTo(NOW.minusSeconds(3595));
    }

    @Test
    void a_lease_that_a_killed_process_left_is_taken_over() throws IOException {
        Files.createFile(alive);
        Files.setLastModifiedTime(alive, FileTime.from(NOW.minusSeconds(1000)));
        keeper.beat();
        assertThat(until()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void it_is_removed_at_the_end_and_not_renewed_after_it() {
        keeper.beat();
        keeper.close();
        assertThat(alive).doesNotExist();
        keeper.beat();
        keeper.turn();
        assertThat(alive).doesNotExist();
    }

    private Instant until() throws IOException {
        return Files.getLastModifiedTime(alive).toInstant();
    }
}
