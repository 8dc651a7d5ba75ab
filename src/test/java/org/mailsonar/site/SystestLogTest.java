package org.mailsonar.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.CheckResult.State;

/** A line for each run. */
class SystestLogTest {

    @TempDir
    private java.nio.file.Path directory;

    @Test
    void the_columns_are_aligned_and_lines_are_added() throws IOException {
        java.nio.file.Path file = directory.resolve("systest.log");
        SystestLog log = new SystestLog(file, TestSites.of(10, 2, 2, 0));

        log.add(run("mta1", Duration.ofMillis(123), State.GOOD, ""));
        log.add(run("mta10", null, State.FAILING, "submit: connection refused"));

        assertThat(Files.readString(file)).isEqualTo("""
                2026-11-21T01:00:00.000Z  store1  mta1   mmp1      123
                2026-11-21T01:00:00.000Z  store1  mta10  mmp1        -  submit: connection refused
                """);
    }

    private static PathRun run(
            String mta, @org.jspecify.annotations.Nullable Duration total, State state, String error) {
        return new PathRun(
                "company",
                new Path("store1", mta, "mmp1"),
                Instant.parse("2026-11-21T01:00:00Z"),
                null,
                null,
                total,
                state,
                error,
                List.of());
    }
}
