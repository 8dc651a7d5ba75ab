package org.mailsonar.check.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.protocol.Exchange.Ending;
import org.mailsonar.check.protocol.ReplyReader.NonsenseException;
import org.mailsonar.testing.ScriptedServer;

/** How replies end, also those of servers that know no end. */
class ReplyReaderTest {

    private static final String[] PIECES = {
        "220",
        "250",
        "-",
        " ",
        "+OK",
        "-ERR",
        "*",
        "a1",
        " OK",
        " NO",
        "{5}",
        "{99999999999}",
        ".",
        "..",
        "\u0000",
        "\u001b[2J",
        "ÿþ",
        "\r",
        "\t",
        "x".repeat(200),
        "CAPABILITY",
        "(MESSAGES 3)",
        "(MESSAGES 99999999999999999999)",
        "334 ",
        "+ ",
        "\u202e"
    };

    @Test
    void each_protocol_ends_its_replies_in_its_way() throws Exception {
        assertThat(read(Ending.LINE, "+OK a", "b").text()).isEqualTo("+OK a");
        assertThat(read(Ending.SMTP, "250-a", "250-B", "250 C").text()).isEqualTo("250-a B C");
        assertThat(read(Ending.SMTP, "250").last()).isEqualTo("250");
        assertThat(read(Ending.FTP, "220-a", " 220 b", "221 c", "220 d").lines())
                .hasSize(4);
        assertThat(read(Ending.DOT, "+OK", "..a", ".").lines()).containsExactly("+OK", ".a");
        assertThat(read(Ending.DOT, "-ERR", "..a", ".").lines()).containsExactly("-ERR");
        assertThat(read(Ending.TAGGED, "* a", "a1 OK b").last()).isEqualTo("OK b");
        assertThat(read(Ending.TAGGED, "* STATUS {5}", "INBOX (MESSAGES 3)", "a1 OK")
                        .lines())
                .hasSize(3);
        assertThat(read(Ending.TAGGED, "+ go on").last()).isEqualTo("+ go on");
    }

    @Test
    void what_is_no_reply_is_told() {
        nonsense(Ending.SMTP, "this is no reply with a code", "hello");
        nonsense(Ending.SMTP, "this is no reply with a code", "2500 a");
        nonsense(Ending.SMTP, "this is no reply with a code", "620 a");
        nonsense(Ending.SMTP, "changed its code on the way", "250-a", "251 b");
        nonsense(Ending.FTP, "this is no reply with a code", "");
        nonsense(Ending.TAGGED, "this answers no command of ours", "a2 OK");
        nonsense(Ending.TAGGED, "this answers no command of ours", "a11 OK");
    }

    @ParameterizedTest
    @EnumSource
    void random_lines_end_in_a_reply_or_in_words(Ending ending) throws IOException {
        Random random = new Random(20261121);
        for (int round = 0; round < 20_000; round++) {
            List<String> lines = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                lines.add(line(random));
            }
            try {
                Reply reply = read(ending, lines.toArray(String[]::new));
                assertThat(reply.lines()).isNotEmpty();
                assertThat(reply.text()).isNotNull();
            } catch (NonsenseException e) {
                assertThat(e.text()).isNotEmpty();
            } catch (EOFException e) {
                assertThat(lines).isNotEmpty();
            }
        }
    }

    @Test
    void a_server_of_random_words_ends_a_check_in_a_result() throws Exception {
        List<String> schemes = List.of("smtp", "lmtp", "pop3", "imap", "nntp", "ftp", "smtps");
        List<Future<CheckResult>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 210; i++) {
                String scheme = schemes.get(i % schemes.size());
                Random random = new Random(i);
                results.add(threads.submit(() -> run(scheme, random)));
            }
        }
        for (Future<CheckResult> result : results) {
            assertThat(result.get().reason()).isNotEmpty().doesNotContainPattern("[\\p{Cntrl}\u202e]");
            assertThat(result.get().transcript()).doesNotContain("s3cret", "\u001b", "\u0000", "\u202e");
        }
    }

    private static CheckResult run(String scheme, Random random) throws IOException {
        String good = scheme.equals("imap") ? "* OK " : scheme.equals("pop3") ? "+OK " : "220 ";
        try (ScriptedServer server = ScriptedServer.start(session -> {
            if (random.nextBoolean()) {
                session.say(good + line(random) + "\r\n");
            }
            for (int i = random.nextInt(40); i >= 0; i--) {
                session.say(random.nextInt(4) == 0 ? good : line(random) + (random.nextInt(4) == 0 ? "" : "\r\n"));
                if (random.nextBoolean()) {
                    session.line();
                }
            }
        })) {
            return Checks.of(scheme, server.port())
                    .as("webscout", "s3cret")
                    .within(Duration.ofMillis(500))
                    .run();
        }
    }

    private static String line(Random random) {
        StringBuilder line = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            line.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return line.toString();
    }

    private static void nonsense(Ending ending, String words, String... lines) {
        assertThatThrownBy(() -> read(ending, lines))
                .isInstanceOf(NonsenseException.class)
                .hasMessageContaining(words);
    }

    private static Reply read(Ending ending, String... lines) throws IOException, NonsenseException {
        Iterator<String> left = List.of(lines).iterator();
        return new ReplyReader(() -> {
                    if (!left.hasNext()) {
                        throw new EOFException();
                    }
                    return left.next();
                })
                .read(ending, Answers.POP3, "a1");
    }
}
