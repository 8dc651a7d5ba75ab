package org.mailsonar.intake.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.intake.directory.DirectorySettings.Kind;
import org.mailsonar.lab.Poll;
import org.mailsonar.testing.TestClock;

/** What holds for a Drop directory alone, where files may still be being written. */
class DropTest {

    @TempDir
    private Path temporary;

    private WatchLab lab;

    @BeforeEach
    void prepare() {
        lab = new WatchLab(Kind.DROP, temporary.resolve("Drop"));
    }

    @Test
    void the_first_lines_are_the_envelope_and_no_part_of_the_message() {
        String message = """
                x-sender: probe@monitor.test
                X-Receiver: <a@company.test>
                X-Receiver: rubbish
                Subject: accept

                body
                """;
        lab.deliver("mail.EML", message.replace("\n", "\r\n"));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            Poll.until("it to go", () -> lab.names("").isEmpty());
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.awaitOne().envelope().sender()).hasToString("probe@monitor.test");
        assertThat(lab.awaitOne().envelope().recipients()).singleElement().hasToString("a@company.test");
        assertThat(new String(lab.awaitOne().message().bytes(), StandardCharsets.US_ASCII))
                .isEqualTo("Subject: accept\r\n\r\nbody\r\n");
    }

    @Test
    void other_files_and_directories_are_left_alone() throws IOException {
        Files.writeString(lab.root.resolve("mail.tmp"), WatchLab.mail("accept"));
        Files.createDirectory(lab.root.resolve("directory.eml"));
        Files.createSymbolicLink(lab.root.resolve("link.eml"), lab.root.resolve("mail.tmp"));
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_SWEEP)) {
            lab.deliverMail("discard");
            Poll.until("the mail to go", () -> lab.names("").size() == 3);
            assertThat(watcher.describe()).startsWith("drop:");
        }
        assertThat(lab.handled).hasSize(1);
        assertThat(lab.names("")).containsExactly("directory.eml", "link.eml", "mail.tmp");
    }

    @Test
    void a_file_that_grows_after_it_was_judged_is_judged_anew() throws IOException {
        Path file = lab.fresh().resolve("slow.eml");
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            Files.writeString(file, "Subject: stranger\n\n");
            Poll.until("it to be judged", () -> lab.handled("stranger") == 1);
            assertThat(file).exists();
            Files.writeString(file, "Subject: accept\n\nand a body\n", StandardOpenOption.TRUNCATE_EXISTING);
            lab.awaitNothingWaiting();
            assertThat(watcher.waiting()).isZero();
        }
        assertThat(lab.handled("accept")).isOne();
    }

    @Test
    void a_file_without_its_headers_end_is_not_judged() throws IOException {
        Path file = lab.fresh().resolve("half.eml");
        try (DirectoryWatcher watcher = lab.watch(WatchLab.BY_EVENT)) {
            Files.writeString(file, "Subject: acc");
            lab.deliverMail("discard");
            Poll.until("another mail, which settled later", () -> lab.handled("discard") == 1);
            lab.deliver("second", WatchLab.mail("discard"));
            Poll.until("one more", () -> lab.handled("discard") == 2);
            assertThat(watcher.waiting()).isOne();
            Files.writeString(file, "ept\n\nbody\n", StandardOpenOption.APPEND);
            lab.awaitNothingWaiting();
        }
        assertThat(lab.handled).extracting(WatchLab::subject).containsExactly("discard", "discard", "accept");
    }

    @Test
    void a_file_settles_when_it_has_not_changed_for_a_while_by_the_monotonic_clock() throws IOException {
        TestClock clock = new TestClock(Instant.EPOCH);
        Settling settling = new Settling(Duration.ofMillis(200), clock);
        Path file = Files.writeString(temporary.resolve("file"), "a");
        assertThat(remaining(settling, file)).isEqualTo(Duration.ofMillis(200));
        clock.pass(Duration.ofMillis(150));
        assertThat(remaining(settling, file)).isEqualTo(Duration.ofMillis(50));
        Files.writeString(file, "ab");
        assertThat(remaining(settling, file)).isEqualTo(Duration.ofMillis(200));
        clock.stepWall(Duration.ofHours(1));
        assertThat(remaining(settling, file)).isEqualTo(Duration.ofMillis(200));
        clock.pass(Duration.ofMillis(200));
        assertThat(remaining(settling, file)).isZero();
    }

    private static Duration remaining(Settling settling, Path file) throws IOException {
        return settling.remaining("file", Files.readAttributes(file, BasicFileAttributes.class));
    }
}
