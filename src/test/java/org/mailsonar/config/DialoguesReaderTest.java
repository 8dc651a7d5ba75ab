package org.mailsonar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailsonar.check.protocol.Dialogue;
import org.mailsonar.check.protocol.Exchange;

/** Each file under {@code config/bad-dialogues} has one mistake and its message, as in {@link BadConfigTest}. */
class DialoguesReaderTest {

    @Test
    void the_shipped_dialogues_are_good() throws ConfigException {
        List<Dialogue> dialogues = DialoguesReader.read(Path.of("conf/dialogues.yaml"));

        assertThat(dialogues).extracting(Dialogue::scheme).containsExactly("sieve");
        assertThat(dialogues.getFirst().port()).isEqualTo(4190);
        assertThat(dialogues.getFirst().exchanges())
                .extracting(Exchange::step)
                .containsExactly("greeting", "STARTTLS", "capabilities", "login", "LOGOUT");
        assertThat(dialogues.getFirst().exchanges().getLast().role()).isEqualTo(Exchange.Role.FAREWELL);
    }

    static Stream<Path> mistakes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/config/bad-dialogues"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_one_line_that_names_its_place(Path file) throws IOException {
        String message = Files.readAllLines(file).getFirst().substring(2).replace("FILE", file.toString());

        assertThatThrownBy(() -> DialoguesReader.read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }
}
