package org.mailsonar.check.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.check.host.QueueTally.Standing;
import org.mailsonar.program.Programs;
import org.mailsonar.testing.TestClock;

/**
 * What programs print of a queue. The samples were printed by a real Postfix 3.7, Exim 4.96 and sendmail 8.17, those of {@link MailServersIT};
 * sendmail's directories alone were given the usual name. What is called odd was made up: senders that look like something else, old
 * messages, other forms of ids.
 */
class QueueReadersTest {

    private static final Instant NOW = Instant.parse("2026-11-21T19:00:00Z");

    @TempDir
    private Path directory;

    private final QueueTally tally = new QueueTally();

    @Test
    void postqueue_tells_each_message_and_its_queue() throws IOException {
        PostfixQueue.read(sample("postqueue.json"), Instant.ofEpochSecond(1_795_299_966), tally);

        expect(1, 1, 2, 0, 60);
    }

    @Test
    void what_postqueue_tells_of_odd_messages_is_understood() throws IOException {
        PostfixQueue.read(sample("postqueue-odd.json"), Instant.ofEpochSecond(1_795_287_000), tally);

        expect(1, 1, 1, 2, 86_400);
    }

    @Test
    void an_output_that_is_not_of_postqueue_is_refused() {
        assertThatThrownBy(() -> PostfixQueue.read(text("Mail queue is empty\n"), NOW, tally))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> PostfixQueue.read(text("[1, 2]"), NOW, tally))
                .hasMessage("this is no output of postqueue -j");
        assertThatThrownBy(() -> PostfixQueue.read(text("{\"queue_name\": \"act"), NOW, tally))
                .isInstanceOf(IOException.class);
    }

    @Test
    void an_empty_queue_has_no_message() throws IOException {
        PostfixQueue.read(text(""), NOW, tally);
        EximQueue.read(text(""), tally);
        SendmailQueue.read(sample("mailq-empty.txt"), NOW, ZoneOffset.UTC, tally);

        expect(0, 0, 0, 0, 0);
    }

    @Test
    void a_frozen_message_of_exim_is_held_and_one_that_some_have_got_still_waits() throws IOException {
        EximQueue.read(sample("exim-bp.txt"), tally);

        expect(2, 1, 0, 0, 0);
    }

    @Test
    void what_exim_tells_of_odd_messages_is_understood() throws IOException {
        EximQueue.read(sample("exim-bp-odd.txt"), tally);

        expect(2, 1, 0, 0, 3 * 86_400);
    }

    @Test
    void mailq_tells_of_all_queue_groups_what_is_worked_on_or_deferred() throws IOException {
        SendmailQueue.read(sample("mailq.txt"), Instant.parse("2026-11-21T22:34:00Z"), ZoneOffset.UTC, tally);

        expect(1, 0, 4, 1, 600);
    }

    @Test
    void mailq_tells_what_is_in_quarantine_when_it_is_asked_for_it() throws IOException {
        SendmailQueue.read(
                sample("mailq-quarantine.txt"), Instant.parse("2026-11-21T22:34:00Z"), ZoneOffset.UTC, tally);

        expect(0, 1, 0, 0, 600);
    }

    @Test
    void what_mailq_tells_of_odd_messages_is_understood() throws IOException {
        SendmailQueue.read(sample("mailq-odd.txt"), NOW, ZoneOffset.UTC, tally);

        // The one of the 30th of December is of the year before.
        expect(1, 1, 2, 1, Duration.ofDays(326).toSeconds());
    }

    @Test
    void a_mailq_that_is_not_sendmails_is_refused() throws IOException {
        Path mailq = Files.writeString(directory.resolve("mailq"), "#!/bin/sh\necho Mail queue is empty\n");
        assertThat(mailq.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> new SendmailQueue(new Programs(), Duration.ofSeconds(9), mailq.toString()).count(NOW))
                .hasMessage(mailq
                        + " does not speak as sendmail's mailq; a queue of Postfix or Exim is written as postfix: or"
                        + " exim:");
        assertThat(SendmailQueue.read(sample("mailq-empty.txt"), NOW, ZoneOffset.UTC, tally))
                .isTrue();
        assertThat(SendmailQueue.read(sample("exim-bp.txt"), NOW, ZoneOffset.UTC, tally))
                .isFalse();
    }

    @Test
    void each_file_of_a_folder_is_a_message() throws Exception {
        Path deeper = Files.createDirectories(directory.resolve("a/b"));
        Path old = Files.writeString(deeper.resolve("one"), "x");
        Files.writeString(directory.resolve("two"), "x");
        Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(500)));
        Files.setLastModifiedTime(directory.resolve("two"), FileTime.from(NOW));
        Files.createSymbolicLink(directory.resolve("link"), old);

        tally.add(new FolderQueue(directory).count(NOW));

        expect(2, 0, 0, 0, 500);
    }

    @Test
    void what_cannot_be_looked_at_says_so_on_one_line() {
        assertThatThrownBy(() -> new FolderQueue(directory.resolve("none")).count(NOW))
                .hasMessageContaining(directory.resolve("none") + " cannot be read");
        assertThatThrownBy(
                        () -> new PostfixQueue(new Programs(), Duration.ofSeconds(9), directory.toString()).count(NOW))
                .isInstanceOf(CannotLookException.class)
                .hasMessageStartingWith("postqueue");
        assertThatThrownBy(() -> new EximQueue(new Programs(), Duration.ofSeconds(9), "/none/exim").count(NOW))
                .hasMessage("/none/exim: there is no such program, or this user may not run it");
        assertThatThrownBy(() -> new SendmailQueue(new Programs(), Duration.ofSeconds(9), "/bin/false").count(NOW))
                .hasMessage("/bin/false ended with status 1");
    }

    @Test
    void a_program_that_takes_too_long_is_ended() throws IOException {
        Path slow = Files.writeString(directory.resolve("slow"), "#!/bin/sh\nexec sleep 60\n");
        assertThat(slow.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> new SendmailQueue(new Programs(), Duration.ofMillis(200), slow.toString()).count(NOW))
                .hasMessage(slow + " was not done within 0.2 s, and was killed");
    }

    @Test
    void a_queue_of_exim_that_takes_too_long_is_counted_and_nothing_else_is_said_of_it() throws Exception {
        Path exim = Files.writeString(
                directory.resolve("exim"), "#!/bin/sh\n[ $1 = -bpc ] && { echo 70; exit; }\nexec sleep 60\n");
        assertThat(exim.toFile().setExecutable(true)).isTrue();
        HostSettings some = Hosts.with(
                directory,
                new Programs(),
                List.of(new HostSettings.Queue("queue", HostSettings.Queue.Kind.EXIM, exim.toString())),
                null);
        HostSettings settings = new HostSettings(
                some.host(),
                some.state(),
                null,
                some.programs(),
                Duration.ofMillis(700),
                some.interval(),
                some.thresholds(),
                some.queues(),
                some.disks(),
                some.connections(),
                some.processes(),
                some.files(),
                null);

        HostReport report = new HostCheck(settings, new TestClock(NOW), List.of(new Queues())).look();

        assertThat(Hosts.values(report)).containsExactly(Map.entry("queue_active", 70.0));
        assertThat(report.troubles())
                .containsExactly("queue: " + exim + " was not done within 0.7 s, and was killed; its messages were only"
                        + " counted, so how many are held and how old they are is not known");
    }

    private void expect(long active, long held, long deferred, long incoming, long oldest) {
        assertThat(new long[] {
                    tally.count(Standing.ACTIVE),
                    tally.count(Standing.HELD),
                    tally.count(Standing.DEFERRED),
                    tally.count(Standing.INCOMING),
                    tally.oldestSeconds()
                })
                .containsExactly(active, held, deferred, incoming, oldest);
    }

    private static InputStream sample(String name) throws IOException {
        return Files.newInputStream(Path.of("src/test/resources/host", name));
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
