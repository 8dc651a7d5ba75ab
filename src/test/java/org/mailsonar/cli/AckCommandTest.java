package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.config.ConfigDirectory;
import org.mailsonar.notify.Outbox;
import org.mailsonar.store.Store;
import org.mailsonar.store.Stores;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Situation;
import org.mailsonar.verdict.Verdict;

class AckCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-21T01:02:03Z");

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void configure() {
        file = ConfigDirectory.in(directory).file("monitor.yaml", """
                database: jdbc:sqlite:mailsonar.db
                key: keys/monitor.key
                from: probe@monitor.test
                returnTo: return@monitor.test
                submit: smtp://127.0.0.1:25
                targets:
                  - {address: webscout@company.test, name: company}
                """);
    }

    @Test
    void who_knows_of_a_problem_is_noted() {
        goesDown();
        assertThat(ack("company", "--by", "ann")).isZero();
        assertThat(terminal.results())
                .containsExactly(
                        "company: noted that ann knows; it is neither repeated nor escalated until it changes");
        try (Store store = open()) {
            assertThat(store.outbox().problems())
                    .singleElement()
                    .extracting(Outbox.Problem::acknowledgedBy)
                    .isEqualTo("ann");
        }
    }

    @Test
    void a_problem_of_a_target_that_has_left_the_file_can_be_acknowledged() throws Exception {
        goesDown();
        Files.writeString(file, Files.readString(file).replace("name: company", "name: university"));
        assertThat(ack("company", "--by", "ann")).isZero();
        try (Store store = open()) {
            assertThat(store.outbox().problems())
                    .singleElement()
                    .extracting(Outbox.Problem::acknowledgedBy)
                    .isEqualTo("ann");
        }
    }

    @Test
    void a_target_without_a_problem_has_nothing_to_acknowledge() {
        assertThat(ack("company", "--by", "ann")).isEqualTo(3);
        assertThat(terminal.messages())
                .containsExactly("company: nothing is wrong with it now, so there is nothing to acknowledge");
    }

    @Test
    void a_target_that_is_not_there_is_a_mistake() {
        assertThat(ack("compny")).isEqualTo(3);
        assertThat(terminal.messages())
                .singleElement()
                .asString()
                .contains("there is no target 'compny'; mailsonar status lists them");
    }

    private void goesDown() {
        Verdict down = new Verdict(Verdict.State.DOWN, NOW, "nothing came back", null, null);
        Change change = new Change(0, "company", Verdict.State.HEALTHY, down, NOW, "1 of 1", false, List.of());
        try (Store store = open()) {
            assertThat(store.situations()
                            .replace(0, new Situation("company", down, null, "1 of 1", List.of(), 1), List.of(change)))
                    .isTrue();
        }
    }

    private Store open() {
        return Stores.openStore("jdbc:sqlite:" + directory.resolve("mailsonar.db"), null);
    }

    private int ack(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "ack";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--config";
        all[words.length + 2] = file.toString();
        return terminal.run(all);
    }
}
