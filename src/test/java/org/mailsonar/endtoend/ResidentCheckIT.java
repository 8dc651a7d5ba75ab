package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.endtoend.ResidentCalls.Outcome;
import org.mailsonar.lab.Poll;
import org.mailsonar.testing.FreePorts;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;

/** Calls of {@code mailsonar check} that a resident checker does, and all that can be wrong with that one. */
class ResidentCheckIT {

    @TempDir
    private Path directory;

    private ResidentCalls calls;

    @BeforeEach
    void files() throws IOException {
        calls = ResidentCalls.in(directory, InstalledTree.shared());
    }

    private static void smtp(ServerSession session) throws IOException {
        session.say("220 mx.company.test ESMTP\r\n");
        for (String line = session.line(); !line.startsWith("QUIT"); line = session.line()) {
            session.say("250 yes\r\n");
        }
        session.say("221 bye\r\n");
    }

    private static void pop3(ServerSession session) throws IOException {
        session.say("+OK ready\r\n");
        for (String line = session.line(); !line.startsWith("QUIT"); line = session.line()) {
            session.say(line.startsWith("CAPA") ? "+OK\r\nUSER\r\n.\r\n" : "+OK 2 320\r\n");
        }
        session.say("+OK bye\r\n");
    }

    @Test
    void a_call_prints_the_same_with_and_without_it() throws IOException {
        writeSecret("secrets/tester");
        Files.writeString(directory.resolve("broken.yaml"), "dialogues: nonsense\n");
        try (ScriptedServer server = ScriptedServer.start(ResidentCheckIT::smtp);
                ScriptedServer box = ScriptedServer.start(ResidentCheckIT::pop3);
                Program resident = calls.resident()) {
            String good = "smtp://127.0.0.1:" + server.port();
            String dead = "imap://127.0.0.1:" + FreePorts.next();
            String login = "pop3://127.0.0.1:" + box.port() + "?user=tester&passwordFile=";
            for (List<String> words : List.of(
                    List.of(good),
                    List.of(good, "--format", "json"),
                    List.of("--format=nagios", good + "?to=webscout@company.test"),
                    List.of(good, "--format", "json", "--verbose"),
                    List.of(dead, good, "--verbose"),
                    List.of(login + "secrets/tester", "--verbose"),
                    List.of(good + "?expect=mx.elsewhere.test&name=a|b", "--format", "nagios"),
                    List.of("tcp://127.0.0.1:" + server.port(), "--timeout", "7s", "--parallel", "1"))) {
                assertThat(calls.ask(words.toArray(String[]::new)).isAlone())
                        .as("left to the caller: " + words)
                        .isFalse();
                requireSame(words);
            }
            for (List<String> words : List.of(
                    List.<String>of(),
                    List.of("--help"),
                    List.of(good, "nope://x"),
                    List.of(good, "--format", "xml"),
                    List.of(good, "--timeout", "soon"),
                    List.of(good, "--nonsense"),
                    List.of(good, "--file", "none.txt"),
                    List.of(good, "--dialogues", "broken.yaml"),
                    List.of(login + "secrets/none"),
                    List.of(login + "/dev/stdin"),
                    List.of("pop3://127.0.0.1:" + box.port() + "?user=tester&passwordEnv=SECRET"),
                    List.of("smtp://m\u00fcnchen.invalid:70000"))) {
                assertThat(calls.ask(words.toArray(String[]::new)).isAlone())
                        .as("not left to the caller: " + words)
                        .isTrue();
                requireSame(words);
            }
            assertThat(resident.errors()).hasLineCount(1).doesNotContain("tester");
        }
    }

    private void requireSame(List<String> words) {
        Outcome with = calls.call(words);
        Outcome without = calls.callAlone(words);

        assertThat(with.withoutNumbers()).as(words.toString()).isEqualTo(without.withoutNumbers());
    }

    @Test
    void a_call_does_not_wait_for_one_that_was_killed_and_the_next_one_takes_its_place() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ResidentCheckIT::smtp)) {
            String url = "smtp://127.0.0.1:" + server.port();
            try (Program resident = calls.resident()) {
                resident.kill();
            }
            assertThat(calls.place().resolve("check")).exists();
            assertThat(calls.ask(url).isAlone()).isTrue();
            assertThat(calls.call(List.of(url)).output()).hasLineCount(1).startsWith("good ");
            try (Program next = calls.resident()) {
                assertThat(calls.ask(url).output()).as(next.toString()).startsWith("good ");
            }
        }
    }

    @Test
    void a_call_does_not_wait_for_one_that_is_frozen_before_it_or_meanwhile() throws IOException {
        try (ScriptedServer good = ScriptedServer.start(ResidentCheckIT::smtp);
                ScriptedServer silent = ScriptedServer.start(session -> session.hang());
                Program resident = calls.resident();
                Program meanwhile = calls.beginToAsk("smtp://127.0.0.1:" + silent.port())) {
            silent.awaitConnection();
            signal("STOP", resident);

            assertThat(Outcome.of(meanwhile).isAlone()).isTrue();
            String url = "smtp://127.0.0.1:" + good.port();
            assertThat(calls.ask(url).isAlone()).isTrue();
            signal("CONT", resident);
            assertThat(calls.ask(url).output()).startsWith("good ");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.0 200 OK\r\n\r\n",
                "=9 3\nabc",
                "=0 9999999\nabc",
                "...=0 100\nhalf an answer",
                "=0 -1\n",
                "silence"
            })
    void what_is_no_answer_is_not_printed(String said) throws IOException {
        Files.createDirectory(calls.place(), PosixFilePermissions.asFileAttribute(permissions("rwx------")));
        try (ServerSocketChannel other = listen()) {
            Thread talking = Thread.ofVirtual().start(() -> talk(other, said));

            assertThat(calls.ask("smtp://127.0.0.1:25").isAlone()).isTrue();
            talking.interrupt();
        }
    }

    @Test
    void a_directory_that_is_open_to_others_is_neither_used_nor_asked() throws IOException {
        Files.createDirectory(calls.place(), PosixFilePermissions.asFileAttribute(permissions("rwxr-xr-x")));
        Files.setPosixFilePermissions(calls.place(), permissions("rwxr-xr-x"));
        try (Program refused = calls.begin()) {
            assertThat(refused.status()).isEqualTo(3);
            assertThat(refused.errors()).hasLineCount(1).contains("run: chmod 700 " + calls.place());
        }
        try (ServerSocketChannel trap = listen()) {
            trap.configureBlocking(false);

            assertThat(calls.ask("smtp://127.0.0.1:25").isAlone()).isTrue();
            assertThat(trap.accept()).as("somebody asked").isNull();
        }
    }

    @Test
    void a_second_one_of_the_same_user_says_so() {
        try (Program first = calls.resident();
                Program second = calls.begin()) {
            assertThat(second.status()).isEqualTo(3);
            assertThat(second.errors())
                    .hasLineCount(1)
                    .contains("a resident checker of this user is there already, at " + calls.place());
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void it_ends_when_it_is_asked_to_and_leaves_no_socket() {
        try (Program resident = calls.resident()) {
            resident.terminate();

            assertThat(resident.status()).as(resident.toString()).isEqualTo(0);
            assertThat(calls.place().resolve("check")).doesNotExist();
        }
    }

    @Test
    void another_version_is_not_asked_and_an_old_one_ends() throws IOException {
        try (InstalledTree tree = InstalledTree.shared().copy();
                ScriptedServer server = ScriptedServer.start(ResidentCheckIT::smtp)) {
            calls = ResidentCalls.in(directory, tree);
            String url = "smtp://127.0.0.1:" + server.port();
            Path ours = tree.root().resolve("lib/mailsonar.jar");
            try (Program resident = calls.resident()) {
                Path other = InstalledTree.shared().root().resolve("lib/mailsonar.jar");
                try (Program asking = calls.beginToAsk(other, url)) {
                    assertThat(Outcome.of(asking).isAlone()).isTrue();
                }
                assertThat(calls.ask(url).output()).startsWith("good ");

                Files.copy(ours, directory.resolve("new.jar"));
                Files.move(directory.resolve("new.jar"), ours, StandardCopyOption.REPLACE_EXISTING);

                assertThat(calls.ask(url).isAlone()).isTrue();
                assertThat(resident.status()).isEqualTo(3);
                assertThat(resident.errors()).contains("another version was installed");
            }
        }
    }

    @Test
    void strangers_who_say_nothing_keep_nobody_out_for_good() throws IOException {
        List<SocketChannel> silent = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(ResidentCheckIT::smtp);
                Program resident = calls.resident()) {
            for (int i = 0; i < 100; i++) {
                silent.add(connect());
            }
            String url = "smtp://127.0.0.1:" + server.port();

            Poll.until("an answer", () -> calls.ask(url).output().startsWith("good "));
            assertThat(resident.isAlive()).isTrue();
        } finally {
            for (SocketChannel one : silent) {
                one.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 10, 65_537, Integer.MAX_VALUE})
    void what_is_no_call_is_not_answered(int length) throws IOException {
        try (Program _ = calls.resident();
                SocketChannel stranger = connect()) {
            stranger.write(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
            stranger.write(StandardCharsets.US_ASCII.encode("0123456789"));

            assertThat(isClosed(stranger)).isTrue();
        }
    }

    @Test
    void a_caller_that_goes_takes_its_check_with_it() throws IOException {
        try (ScriptedServer silent = ScriptedServer.start(session -> session.hang());
                Program _ = calls.resident();
                Program caller = calls.beginToAsk("smtp://127.0.0.1:" + silent.port() + "?timeout=60s")) {
            silent.awaitConnection();
            caller.kill();

            silent.awaitEnded(1);
        }
    }

    private void writeSecret(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "s3cret\n");
        Files.setPosixFilePermissions(file, permissions("rw-------"));
    }

    private ServerSocketChannel listen() throws IOException {
        ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Path socket = calls.place().resolve("check");
        other.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, permissions("rw-------"));
        return other;
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(calls.place().resolve("check")));
    }

    /** It is reset where not all was read that was sent. */
    private static boolean isClosed(SocketChannel channel) throws IOException {
        try {
            return channel.read(ByteBuffer.allocate(1)) < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private static void talk(ServerSocketChannel other, String said) {
        try (SocketChannel caller = other.accept()) {
            caller.read(ByteBuffer.allocate(65_536)); // else the caller would notice at once that nobody reads
            if (said.equals("silence")) {
                while (caller.read(ByteBuffer.allocate(16)) >= 0) {
                    // Until it has gone.
                }
            }
            caller.write(StandardCharsets.US_ASCII.encode(said));
        } catch (IOException gone) {
            // So has the test.
        }
    }

    private static void signal(String name, Program program) {
        try (Program kill =
                Program.start(InstalledTree.environment(), "/bin/kill", "-" + name, Long.toString(program.id()))) {
            assertThat(kill.status()).isZero();
        }
    }

    private static Set<PosixFilePermission> permissions(String text) {
        return PosixFilePermissions.fromString(text);
    }
}
