package org.mailsonar.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurableFileTest {

    private static final byte[] CONTENT = "whole".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    @Test
    void a_file_is_synced_before_it_gets_its_name_and_the_name_is_synced_after() throws IOException {
        CrashingDisk disk = CrashingDisk.never();

        new DurableFile(disk).write(directory.resolve("tmp"), directory.resolve("file"), CONTENT);

        assertThat(disk.steps()).containsExactly("delete", "create", "sync", "rename", "sync directory");
        assertThat(directory.resolve("file")).hasBinaryContent(CONTENT);
        assertThat(directory.resolve("tmp")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void after_a_crash_at_any_step_there_is_all_of_it_or_nothing_and_the_next_try_succeeds(int steps)
            throws IOException {
        Path file = directory.resolve("file");
        DurableFile crashing = new DurableFile(CrashingDisk.after(steps));

        assertThat(catchThrowable(() -> crashing.write(directory.resolve("tmp"), file, CONTENT)))
                .isInstanceOf(CrashingDisk.Crash.class);

        assertThat(Files.exists(file)).isEqualTo(steps == 4);
        if (Files.exists(file)) {
            assertThat(file).hasBinaryContent(CONTENT);
        }
        new DurableFile(Disk.real()).write(directory.resolve("tmp"), file, CONTENT);
        assertThat(file).hasBinaryContent(CONTENT);
        assertThat(directory.resolve("tmp")).doesNotExist();
    }

    @Test
    void a_failure_leaves_no_temporary_file() throws IOException {
        Path occupied = directory.resolve("file");
        Files.createDirectories(occupied.resolve("by a directory"));

        assertThatThrownBy(() -> new DurableFile(Disk.real()).write(directory.resolve("tmp"), occupied, CONTENT))
                .isInstanceOf(IOException.class);

        assertThat(directory.resolve("tmp")).doesNotExist();
    }

    @Test
    void a_symbolic_link_is_never_followed() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "secret");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);

        assertThatThrownBy(() -> Disk.real().read(link, 10)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Disk.real().create(link, CONTENT)).isInstanceOf(IOException.class);
        assertThat(target).hasContent("secret");
    }
}
