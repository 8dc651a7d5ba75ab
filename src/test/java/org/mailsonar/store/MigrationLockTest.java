package org.mailsonar.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationLockTest {

    @TempDir
    private Path directory;

    @Test
    void a_lock_that_is_held_is_not_given_again() throws Exception {
        Path database = directory.resolve("mailsonar.db");
        try (MigrationLock _ = MigrationLock.take(database, Duration.ZERO).orElseThrow()) {
            assertThat(MigrationLock.take(database, Duration.ofMillis(50))).isEmpty();
        }
        try (MigrationLock again = MigrationLock.take(database, Duration.ZERO).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }
}
