package org.mailsonar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be read at all, or that no person wrote. */
class ConfigFileTest {

    private static final String GOOD = """
            address: webscout@company.test
            trust:
              - key: keys/monitor.pub
                returnTo: ["*@monitor.test"]
            relay: smtp://127.0.0.1:25
            """;

    @TempDir
    private Path temporary;

    private ConfigDirectory directory;

    @BeforeEach
    void fill() {
        directory = ConfigDirectory.in(temporary);
    }

    @Test
    void a_missing_file_is_named() {
        Path file = temporary.resolve("none.yaml");
        assertTold(file, file + ": there is no such file; name one with --config");
    }

    @Test
    void a_file_name_with_a_line_end_stays_on_one_line() {
        assertThatThrownBy(() -> ConfigDirectory.reflector(temporary.resolve("a\nb")))
                .hasMessageContaining("a?b")
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_directory_is_no_file() {
        assertTold(temporary, temporary + ": is a directory; name the file in it");
    }

    @Test
    void an_unreadable_file_names_the_user() throws IOException {
        Path file = directory.file("reflector.yaml", GOOD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");
        assertTold(file, file + ": user " + System.getProperty("user.name") + " may not read it; give it read access");
    }

    @Test
    void an_endless_file_is_not_read_to_its_end() {
        assertTold(
                Path.of("/dev/zero"), "/dev/zero: is longer than 32 MiB, so it is no configuration; name another file");
    }

    @Test
    void another_charset_is_told_with_its_line() {
        byte[] latin = (GOOD + "# für alle\n").getBytes(StandardCharsets.ISO_8859_1);
        Path file = directory.file("reflector.yaml", latin);
        assertTold(file, file + ":6: this is not UTF-8; save the file as UTF-8");
        assertTold(
                directory.file("reflector.yaml", GOOD.getBytes(StandardCharsets.UTF_16)),
                file + ":1: this is not UTF-8; save the file as UTF-8");
    }

    @Test
    void what_is_nested_without_end_ends_in_a_message() {
        Path file = directory.file("reflector.yaml", "a: " + "[".repeat(200_000));
        assertTold(file, file + ":1: lists or sections are nested thousands deep; no key needs that");
    }

    @Test
    void a_long_value_is_cut() {
        Path file = directory.file("reflector.yaml", "address: " + "x".repeat(500_000) + "\n" + GOOD);
        assertThatThrownBy(() -> ConfigDirectory.reflector(file))
                .isInstanceOf(ConfigException.class)
                .extracting(told -> String.valueOf(told.getMessage()).length())
                .matches(length -> length < 2_100);
    }

    @Test
    void what_windows_editors_add_does_no_harm() throws ConfigException {
        Path file = directory.file("reflector.yaml", "\uFEFF" + GOOD.replace("\n", "\r\n"));
        assertThat(ConfigDirectory.reflector(file).settings().address()).hasToString("webscout@company.test");
    }

    private static void assertTold(Path file, String message) {
        assertThatThrownBy(() -> ConfigDirectory.reflector(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }
}
