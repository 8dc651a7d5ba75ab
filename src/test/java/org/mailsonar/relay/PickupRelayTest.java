package org.mailsonar.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.files.CrashingDisk;
import org.mailsonar.message.Envelope;
import org.mailsonar.relay.Transmission.Accepted;
import org.mailsonar.relay.Transmission.Deferred;
import org.mailsonar.time.TimeSource;

class PickupRelayTest {

    @TempDir
    private Path directory;

    @Test
    void a_mail_is_a_file_with_its_envelope_before_it() throws IOException {
        Transmission result = send(Mails.hello());

        Path file = onlyMail();
        assertThat(result).isEqualTo(new Accepted("pickup: placed as " + file.getFileName()));
        assertThat(Files.readString(file))
                .isEqualTo("X-Sender: <probe@monitor.test>\r\nX-Receiver: <webscout@company.test>\r\n" + Mails.TEXT);
    }

    @Test
    void the_empty_sender_and_each_recipient_have_a_line() throws IOException {
        send(new OutgoingMail(new Envelope(null, List.of(Mails.WEBSCOUT, Mails.POSTMASTER)), new byte[0]));

        assertThat(Files.readString(onlyMail()))
                .hasLineCount(3)
                .startsWith("X-Sender: <>\r\nX-Receiver: <webscout@company.test>\r\n")
                .endsWith("\r\nX-Receiver: <postmaster@company.test>\r\n");
    }

    @Test
    void many_mails_at_a_time_have_names_of_their_own() throws IOException {
        try (Relay relay = new PickupSettings(directory).open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 200).forEach(i -> threads.execute(() -> relay.send(Mails.hello())));
        }
        assertThat(mails()).hasSize(200);
        assertThat(unfinished()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void after_a_crash_at_any_step_the_server_sees_a_whole_mail_or_none(int steps) throws IOException {
        Relay relay = new PickupRelay(new PickupSettings(directory), CrashingDisk.after(steps), TimeSource.system());

        assertThat(catchThrowable(() -> relay.send(Mails.hello()))).isInstanceOf(CrashingDisk.Crash.class);

        assertThat(mails()).hasSize(steps == 4 ? 1 : 0);
        for (Path mail : mails()) {
            assertThat(Files.readString(mail)).endsWith(Mails.TEXT);
        }
        assertThat(send(Mails.hello())).isInstanceOf(Accepted.class);
    }

    @Test
    void a_directory_that_is_not_there_defers_and_is_not_created() throws IOException {
        Path absent = directory.resolve("absent");
        try (Relay relay = new PickupSettings(absent).open()) {
            assertThat(relay.send(Mails.hello()))
                    .isEqualTo(Deferred.unanswered(
                            "pickup:" + absent + ": there is no such directory; create it, or mount what it is on"));
            assertThat(absent).doesNotExist();
            Files.createDirectory(absent);
            assertThat(relay.send(Mails.hello())).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void a_place_that_cannot_be_written_to_defers() throws IOException {
        Files.writeString(directory.resolve(".mailsonar"), "a file is in the way");

        assertThat(send(Mails.hello()))
                .isInstanceOfSatisfying(
                        Deferred.class, deferred -> assertThat(deferred.text()).startsWith("pickup:" + directory));
        assertThat(mails()).isEmpty();
    }

    private Transmission send(OutgoingMail mail) {
        try (Relay relay = new PickupSettings(directory).open()) {
            assertThat(relay.describe()).isEqualTo("pickup:" + directory);
            return relay.send(mail);
        }
    }

    private Path onlyMail() throws IOException {
        assertThat(unfinished()).isEmpty();
        assertThat(mails()).hasSize(1);
        return mails().getFirst();
    }

    private List<Path> mails() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".eml"))
                    .toList();
        }
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(".mailsonar"))) {
            return files.toList();
        }
    }
}
