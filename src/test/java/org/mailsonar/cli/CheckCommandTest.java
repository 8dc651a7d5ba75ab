package org.mailsonar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;

/** {@code mailsonar check} as people type it. */
class CheckCommandTest {

    @TempDir
    private Path directory;

    private final CapturedTerminal terminal = new CapturedTerminal();
    private final List<ScriptedServer> servers = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (ScriptedServer server : servers) {
            server.close();
        }
    }

    private String server(String scheme, ScriptedServer.Script script) {
        ScriptedServer server = ScriptedServer.start(script);
        servers.add(server);
        return scheme + "://127.0.0.1:" + server.port();
    }

    private static void smtp(ServerSession session) throws IOException {
        session.say("220 mx.company.test ESMTP\r\n");
        for (String line = session.line(); !line.startsWith("QUIT"); line = session.line()) {
            session.say("250 yes\r\n");
        }
        session.say("221 bye\r\n");
    }

    @Test
    void results_come_in_the_order_given_and_the_worst_counts() {
        String good = server("smtp", CheckCommandTest::smtp);
        String bad = server("smtp", session -> session.say("554 no\r\n"));

        assertThat(terminal.run("check", good, bad, "nope://x", good)).isEqualTo(2);

        assertThat(terminal.results())
                .extracting(line -> line.substring(0, 8).strip())
                .containsExactly("good", "failing", "unknown", "good");
        assertThat(terminal.messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "smtp://u:hunter2@h|smtp://… cannot be used as it is written: a URL holds no user and no password: write ?user=NAME&passwordFile=FILE",
                "imap://u:hunter2?x@h|imap://…  ",
                "imap://u:x?hunter2@h|a URL holds no user and no password",
                "imap://u:hunter2/x?y@h|a URL holds no user and no password",
                "sntp://u:hunter2?x@h|the schemes are",
                "sntp://h|the schemes are",
                "smtp://h?passwordFile=p|user: there is a password and nobody whose it is; add user=NAME",
                "smtp://h?user=u|user: nothing proves who logs in; add passwordFile=FILE",
                "imap://h?user=u&passwordFile=/none|passwordFile: /none is missing; make it a file of one line, the password, that this user may read",
                "imap://h?user=u&passwordEnv=MAILSONAR_NOT_SET|passwordEnv: the environment has no such variable, or an empty one; set it, or use passwordFile",
                "imap://h?user=u&passwordFile=a&passwordEnv=b|passwordEnv: there are both passwordFile and passwordEnv; leave one of them",
                "smtp://h?caFile=/none|caFile: /none cannot be read; name a file that this user may read",
                "smtp://h?timeout=soon|timeout: 'soon' is no duration; write for example 500ms, 30s, 2m, 12h or 1d",
                "smtp://h?timeout=1d|timeout: the time limit of a check is 10ms to 10m",
                "smtp://h?starttls=maybe|starttls: it is if-offered, require or off",
                "smtp://h?warnDays=-1|warnDays: it is a number of days, 0 to 3650",
                "http://h?status=99|status: it is 200 to 599, such as status=200 or status=200..299",
                "http://h?redirects=yes|redirects: it is tell or follow",
                "ldap://h?scope=all|scope: it is base, one or sub",
                "ldap://h?entries=3..1|entries: it is a number of entries, or two: entries=1 or entries=1..50, up to 100000",
                "ldap://h?filter=(a|filter: this is none (RFC 4515)"
            })
    void bad_input_is_one_line_of_its_own_and_unknown(String url, String told) {
        String good = server("smtp", CheckCommandTest::smtp);

        assertThat(terminal.run("check", url, good)).isEqualTo(3);

        assertThat(terminal.results()).hasSize(2);
        assertThat(terminal.results().getFirst())
                .startsWith("unknown  ")
                .contains(told)
                .doesNotContain("hunter2");
        assertThat(terminal.results().getLast()).startsWith("good ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check|mailsonar check: a URL is needed, such as smtp://mail.company.test; see mailsonar check --help",
                "check smtp://h --format xml|mailsonar check: --format is text, json or nagios, not 'xml'; see mailsonar check --help",
                "check smtp://h --parallel 0|mailsonar check: --parallel is 1 to 1000, not '0'; see mailsonar check --help",
                "check smtp://h --timeout x|mailsonar check: --timeout: 'x' is no duration; write for example 500ms, 30s, 2m, 12h or 1d; see mailsonar check --help",
                "check --file /none|mailsonar check: /none is missing; name a file with a URL on each line; see mailsonar check --help",
                "check smtp://h --dialogues /none|mailsonar check: /none: there is no such file; name one with --config"
            })
    void a_mistake_in_the_options_is_one_line(String call, String told) {
        assertThat(terminal.run(call.split(" "))).isEqualTo(3);
        assertThat(terminal.messages()).containsExactly(told);
        assertThat(terminal.results()).isEmpty();
    }

    @Test
    void urls_are_read_from_a_file_with_names_of_files_relative_to_it() throws IOException {
        String place = server("imap", session -> session.say("* BYE\r\n"));
        Path list = Files.writeString(
                directory.resolve("list"), "# ours\n\n" + place + "?user=u&passwordFile=none\n  " + place + "\n");

        assertThat(terminal.run("check", "--file", list.toString())).isEqualTo(2);

        assertThat(terminal.results()).hasSize(2);
        assertThat(terminal.results().getFirst()).contains(directory.resolve("none") + " is missing");
    }

    @Test
    void a_site_teaches_a_protocol_of_its_own() throws IOException {
        String place = server("clock", session -> {
            session.say("hello\r\n");
            session.line();
            session.say("it is 12 o'clock\r\n");
        });
        Path dialogues = Files.writeString(directory.resolve("dialogues.yaml"), """
                dialogues:
                  - scheme: clock
                    exchanges:
                      - {expect: hello}
                      - {send: TIME?, expect: it is, count: [{name: hour, pattern: 'it is (\\d+)'}]}
                """);

        assertThat(terminal.run("check", place, "--dialogues", dialogues.toString(), "--format", "nagios"))
                .isZero();
        assertThat(terminal.results().getFirst()).startsWith("CLOCK OK - ").contains(" hour=12;;;0");
        assertThat(servers.getFirst().lines()).containsExactly("TIME?");
    }

    @Test
    void at_most_two_at_a_time_are_looked_at_at_one_host() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        String place = server("smtp", session -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            two.countDown();
            await(two);
            session.say("220 mx.company.test ESMTP\r\n");
            for (String line = session.line(); !line.startsWith("QUIT"); line = session.line()) {
                session.say("250 yes\r\n");
            }
            now.decrementAndGet();
            session.say("221 bye\r\n");
        });
        String[] call =
                IntStream.range(0, 13).mapToObj(i -> i == 0 ? "check" : place).toArray(String[]::new);

        assertThat(terminal.run(call)).isZero();

        assertThat(terminal.results()).hasSize(12);
        assertThat(most.get()).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
