package org.mailsonar.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailsonar.check.host.HostSettings;
import org.mailsonar.check.host.Threshold;

/** {@code host.yaml}: the shipped example, a full one, and files with one mistake each, whose first line is the message about it. */
class HostConfigTest {

    private static final Path BAD = Path.of("src/test/resources/config/bad-host");

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
        Path file = Files.writeString(directory.resolve("host.yaml"), content);
        String expected = content.lines().findFirst().orElse("").substring(2);

        Throwable told = catchThrowable(() -> HostConfig.load(file));

        assertThat(told).isInstanceOf(ConfigException.class).hasMessage(expected.replace("FILE", file.toString()));
    }

    @Test
    void the_shipped_example_is_good() throws ConfigException {
        HostSettings settings = HostConfig.load(Path.of("conf/host.yaml"));

        assertThat(settings.host()).isEqualTo(LocalHostName.find());
        assertThat(settings.state()).isEqualTo(Path.of("var/host.state").toAbsolutePath());
        assertThat(settings.queues())
                .containsExactly(new HostSettings.Queue("queue", HostSettings.Queue.Kind.POSTFIX, "/etc/postfix"));
        assertThat(settings.connections().keySet()).containsExactly("smtp", "imap", "pop3", "ldap", "http");
        assertThat(settings.thresholds())
                .containsEntry("queue_active", new Threshold(1000.0, 10_000.0, null, null))
                .containsEntry("queue_oldest", new Threshold(86_400.0, null, null, null))
                .containsEntry("memory_available", new Threshold(null, null, 268_435_456.0, 67_108_864.0))
                .containsEntry("tcp_smtp", new Threshold(1000.0, null, null, null))
                .containsEntry("process_qmgr", new Threshold(null, null, null, 1.0))
                .containsEntry("file_core_count", new Threshold(null, 0.0, null, null))
                .containsEntry("mail_bounced_rate", new Threshold(100.0, null, null, null));
    }

    @Test
    void the_examples_in_comments_are_good_too() throws Exception {
        String all =
                Files.readString(Path.of("conf/host.yaml")).replaceAll("(?m)^(\\s*)# (?=host:|runWith:|- \\{)", "$1");

        HostSettings settings = HostConfig.load(Files.writeString(directory.resolve("host.yaml"), all));

        assertThat(settings.host()).isEqualTo("mta1.company.test");
        assertThat(settings.programs().before()).containsExactly("/usr/bin/sudo", "-n");
        assertThat(settings.queues())
                .extracting(HostSettings.Queue::prefix)
                .containsExactly("queue_postfix", "queue_exim", "queue_sendmail", "queue_drop");
        assertThat(settings.files()).hasSize(2);
        assertThat(settings.thresholds())
                .as("what is too old when it is there is not good when it is gone")
                .containsEntry("file_mail.tar_count", new Threshold(null, null, null, 1.0));
    }

    @Test
    void a_state_file_is_enough() throws Exception {
        HostSettings settings =
                HostConfig.load(Files.writeString(directory.resolve("host.yaml"), "state: host.state\n"));

        assertThat(settings.limit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.log()).isNull();
        assertThat(settings.mailLog()).isNull();
        assertThat(settings.connections()).hasSize(5);
    }
}
