package org.mailsonar.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each seed and each finding through its target: what was found once stays mended, and the targets stay alive. */
class FuzzReplayTest {

    static Stream<Arguments> inputs() {
        return FuzzTarget.all().stream()
                .flatMap(target -> target.inputs().stream().map(file -> Arguments.of(target, file)));
    }

    static List<FuzzTarget> targets() {
        return FuzzTarget.all();
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void no_stored_input_breaks_a_property(FuzzTarget target, Path file) throws IOException {
        byte[] input = Files.readAllBytes(file);

        assertThatCode(() -> target.run(input)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void every_target_has_seeds_and_a_dictionary(FuzzTarget target) {
        assertThat(FuzzTarget.HOME.resolve(target.name())).isNotEmptyDirectory();
        assertThat(FuzzTarget.HOME.resolve(target.name() + ".dict")).isNotEmptyFile();
    }

    @Test
    void every_finding_belongs_to_a_target() throws IOException {
        List<String> names =
                FuzzTarget.all().stream().map(target -> target.name() + "-").toList();
        try (Stream<Path> findings = Files.list(FuzzTarget.HOME.resolve("findings"))) {
            assertThat(findings.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> !name.endsWith(".md"))
                    .allSatisfy(name -> assertThat(names).anyMatch(name::startsWith));
        }
    }
}
