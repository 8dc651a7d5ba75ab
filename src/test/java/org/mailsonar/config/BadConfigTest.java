package org.mailsonar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each file under {@code src/test/resources/config/bad} has one mistake; its first line is the message about it, where FILE and DIR
 * stand for the file and its directory.
 */
class BadConfigTest {

    private static final Path BAD = Path.of("src/test/resources/config/bad");

    @TempDir
    private Path directory;

    static List<String> badFiles() throws IOException {
        try (Stream<Path> files = Files.list(BAD)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void a_mistake_is_told_with_its_place_and_remedy(String name) throws IOException {
        String content = Files.readString(BAD.resolve(name));
        Path file = ConfigDirectory.in(directory).file(name, content);
        String expected = content.lines().findFirst().orElse("").substring(2);

        Throwable told = catchThrowable(() -> load(file));

        assertThat(told).isInstanceOf(ConfigException.class);
        assertThat(told.getMessage())
                .isEqualTo(expected.replace("FILE", file.toString()).replace("DIR", directory.toString()))
                .doesNotContainPattern("\\p{Cntrl}")
                .doesNotContain("hunter2", "Exception");
    }

    private static void load(Path file) throws ConfigException {
        if (file.getFileName().toString().startsWith("monitor-")) {
            MonitorConfig.load(file);
        } else if (file.getFileName().toString().startsWith("site-")) {
            SiteReader.read(file);
        } else {
            ConfigDirectory.reflector(file);
        }
    }
}
