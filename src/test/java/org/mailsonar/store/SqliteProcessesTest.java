package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.roundtrip.LedgerException;

/** One file and several processes, some of which die. */
class SqliteProcessesTest {

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("mailsonar.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"enter", "enter-together"})
    void what_enter_returned_from_survives_kill_9(String task) throws Exception {
        List<String> entered = new ArrayList<>();
        try (LedgerChild child = LedgerChild.start(task, file())) {
            for (int i = 0; i < 50; i++) {
                entered.add(child.line());
            }
            child.kill();
            entered.addAll(child.rest());
        }
        try (Ledger ledger = Stores.open("jdbc:sqlite:" + file())) {
            assertThat(entered)
                    .filteredOn(line -> line.length() == ProbeId.LENGTH)
                    .hasSizeGreaterThanOrEqualTo(50)
                    .allSatisfy(id -> assertThat(ledger.find(new ProbeId(id))).isPresent());
        }
    }

    @Test
    void a_lock_of_another_process_is_named_after_the_busy_time_out() throws Exception {
        try (LedgerChild child = openedThenLocked();
                Ledger ledger = shortOfPatience()) {
            assertThat(child.line()).isEqualTo("locked");
            assertThatThrownBy(() -> ledger.enter(Probes.leaving()))
                    .isInstanceOf(LedgerException.class)
                    .hasMessage(
                            "database " + file() + ": is locked by another process for more than 300 ms; end the one"
                                    + " that 'fuser " + file() + "' names, or try again");
            assertThat(ledger.newestByTarget()).isEmpty();
        }
    }

    @Test
    void the_lock_of_a_killed_process_is_free() throws Exception {
        try (LedgerChild child = openedThenLocked();
                Ledger ledger = shortOfPatience()) {
            assertThat(child.line()).isEqualTo("locked");
            child.kill();
            ledger.count("after");
            assertThat(ledger.counters()).containsEntry("after", 1L);
        }
    }

    @Test
    void processes_that_start_together_make_one_database() throws Exception {
        List<LedgerChild> children = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                children.add(LedgerChild.start("open", file()));
            }
            for (LedgerChild child : children) {
                assertThat(child.rest()).last().isEqualTo("done");
            }
        } finally {
            children.forEach(LedgerChild::close);
        }
    }

    @Test
    void threads_that_start_together_make_one_database() {
        IntStream.range(0, 4).parallel().forEach(i -> {
            try (Ledger ledger = Stores.open("jdbc:sqlite:" + file())) {
                ledger.count("started");
            }
        });
        try (Ledger ledger = Stores.open("jdbc:sqlite:" + file())) {
            assertThat(ledger.counters()).containsEntry("started", 4L);
        }
    }

    private LedgerChild openedThenLocked() throws Exception {
        Stores.open("jdbc:sqlite:" + file()).close();
        return LedgerChild.start("lock", file());
    }

    private Ledger shortOfPatience() {
        return new JdbcStore(SqliteDatabase.open(file(), SqliteDatabase.settings(Duration.ofMillis(300)))).ledger();
    }
}
