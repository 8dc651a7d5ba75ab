package org.mailsonar.check.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.check.Check;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.CheckResult.Step;
import org.mailsonar.check.Measure;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.check.protocol.Exchange.Capture;
import org.mailsonar.check.protocol.Exchange.Ending;
import org.mailsonar.check.protocol.TlsSettings.Security;
import org.mailsonar.config.DialoguesReader;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;
import org.mailsonar.time.TimeSource;

/** What the replies of working and not so working servers lead to. */
class RepliesTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            smtp | greeting     | 421 4.3.2 busy               | FAILING | GREETING | DEFERRED
            smtp | greeting     | 450 4.3.2 busy               | FAILING | GREETING | DEFERRED
            smtp | greeting     | 554 5.7.1 go away            | FAILING | GREETING | REJECTED
            smtp | EHLO         | 421 4.3.0 gone               | FAILING | COMMAND  | IMPOSTOR
            smtp | AUTH         | 535 5.7.8 no                 | FAILING | LOGIN    | REJECTED
            smtp | AUTH         | 454 4.7.0 later              | FAILING | LOGIN    | DEFERRED
            smtp | MAIL         | 421 4.3.0 backend down       | FAILING | COMMAND  | IMPOSTOR
            smtp | MAIL         | 502 5.5.2 not implemented    | FAILING | COMMAND  | IMPOSTOR
            smtp | MAIL         | 452 4.3.1 disk full          | WARNING | COMMAND  | DEFERRED
            smtp | MAIL         | 550 5.7.1 no                 | FAILING | COMMAND  | REJECTED
            smtp | RCPT         | 450 4.2.0 greylisted         | WARNING | COMMAND  | DEFERRED
            smtp | RCPT         | 550 5.1.1 no such user       | FAILING | COMMAND  | REJECTED
            smtp | RCPT         | 421 4.3.0 gone               | FAILING | COMMAND  | IMPOSTOR
            smtp | RSET         | 451 4.3.0 later              | WARNING | COMMAND  | DEFERRED
            smtp | QUIT         | 250 2.0.0 Ok                 | WARNING | COMMAND  | NONSENSE
            lmtp | RCPT         | 550 5.1.1 no such user       | FAILING | COMMAND  | REJECTED
            pop3 | greeting     | -ERR [SYS/TEMP] later        | FAILING | GREETING | DEFERRED
            pop3 | PASS         | -ERR [AUTH] no               | FAILING | LOGIN    | REJECTED
            pop3 | PASS         | -ERR [IN-USE] locked         | FAILING | LOGIN    | DEFERRED
            pop3 | STAT         | +OK lots                     | FAILING | COMMAND  | NONSENSE
            imap | greeting     | * BYE closed                 | FAILING | GREETING | REJECTED
            imap | LOGIN        | TAG NO [AUTHENTICATIONFAILED] no | FAILING | LOGIN | REJECTED
            imap | LOGIN        | TAG NO [UNAVAILABLE] later   | FAILING | LOGIN    | DEFERRED
            imap | STATUS       | TAG NO no such mailbox       | FAILING | COMMAND  | REJECTED
            imap | STATUS       | TAG OK and says nothing      | FAILING | COMMAND  | NONSENSE
            nntp | greeting     | 400 overloaded               | FAILING | GREETING | DEFERRED
            nntp | AUTHINFO PASS | 481 wrong                   | FAILING | LOGIN    | REJECTED
            nntp | DATE         | 503 no clock                 | FAILING | COMMAND  | REJECTED
            ftp  | greeting     | 421 too many                 | FAILING | GREETING | DEFERRED
            ftp  | PASS         | 530 wrong                    | FAILING | LOGIN    | REJECTED
            ftp  | PWD          | 550 no                       | FAILING | COMMAND  | REJECTED
            """)
    void a_reply_has_its_stage_and_kind(
            String scheme, String command, String answer, State state, Stage stage, Kind kind) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Talk.of(scheme).answering(command, answer))) {
            String[] options = scheme.endsWith("mtp") ? new String[] {"to=webscout@company.test"} : new String[0];
            CheckResult result = Checks.of(scheme, server.port(), options)
                    .as("webscout", "s3cret")
                    .run();

            assertThat(result.state()).as(result.toString()).isEqualTo(state);
            assertThat(result.trouble()).as(result.toString()).isEqualTo(new Trouble(stage, kind));
            assertThat(result.steps().size()).isPositive();
        }
    }

    @Test
    void a_refusal_is_told_in_the_servers_words_and_followed_by_a_goodbye() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(Talk.of("smtp").answering("RCPT", "550 5.1.1 no such user"))) {
            CheckResult result =
                    Checks.of("smtp", server.port(), "to=a@company.test").run();

            assertThat(result.reason()).isEqualTo("after RCPT TO the server says '550 5.1.1 no such user'");
            assertThat(result.steps())
                    .extracting(Step::name)
                    .containsExactly("look-up", "connect", "greeting", "EHLO", "MAIL FROM", "RCPT TO", "QUIT");
            assertThat(server.lines())
                    .containsExactly("EHLO [127.0.0.1]", "MAIL FROM:<>", "RCPT TO:<a@company.test>", "QUIT");
        }
    }

    @Test
    void a_transaction_is_begun_and_never_carried_out() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Talk.of("smtp"))) {
            CheckResult result = Checks.of(
                            "smtp", server.port(), "from=b@company.test", "to=a@company.test", "hello=me.test")
                    .run();

            assertThat(result.state()).isEqualTo(State.GOOD);
            assertThat(result.reason()).startsWith("220 test.invalid ESMTP; ");
            assertThat(server.lines())
                    .containsExactly(
                            "EHLO me.test", "MAIL FROM:<b@company.test>", "RCPT TO:<a@company.test>", "RSET", "QUIT");
        }
    }

    @Test
    void who_does_not_know_EHLO_is_greeted_the_old_way() throws Exception {
        Talk old = Talk.of("smtp").answering("EHLO", "502 what").answering("HELO", "250 hello");
        try (ScriptedServer server = ScriptedServer.start(old)) {
            assertThat(Checks.of("smtp", server.port()).run().state()).isEqualTo(State.GOOD);
            assertThat(server.lines()).startsWith("EHLO [127.0.0.1]", "HELO [127.0.0.1]", "MAIL FROM:<>");
        }
    }

    @Test
    void a_proxy_before_a_dead_server_is_called_one() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Talk.of("smtp").with("EHLO", (session, answer) -> {
            throw new IOException("as the script says");
        }))) {
            CheckResult result = Checks.of("smtp", server.port()).run();

            assertThat(result.trouble()).isEqualTo(new Trouble(Stage.COMMAND, Kind.IMPOSTOR));
            assertThat(result.reason())
                    .isEqualTo("something answers in its place: it greets with '220 test.invalid ESMTP' and ends the"
                            + " connection after EHLO; the server itself is probably down");
        }
    }

    @Test
    void a_greeting_that_is_not_the_expected_one_is_an_impostors() throws Exception {
        for (String scheme : List.of("smtp", "pop3", "imap", "nntp", "ftp")) {
            try (ScriptedServer server = ScriptedServer.start(Talk.of(scheme))) {
                CheckResult result = Checks.of(scheme, server.port(), "expect=mx1.company.test")
                        .run();

                assertThat(result.trouble()).isEqualTo(new Trouble(Stage.GREETING, Kind.IMPOSTOR));
                assertThat(result.reason())
                        .contains("something answers in its place")
                        .contains("mx1.company.test");
            }
        }
    }

    @Test
    void there_is_one_try_to_log_in() throws Exception {
        Talk talk = Talk.of("smtp").answering("AUTH", "535 5.7.8 no");
        try (ScriptedServer server = ScriptedServer.start(talk)) {
            Checks.of("smtp", server.port()).as("webscout", "wrong").run();

            assertThat(server.lines())
                    .filteredOn(line -> line.startsWith("AUTH"))
                    .hasSize(1);
            assertThat(server.lines()).endsWith("QUIT");
        }
    }

    @Test
    void a_server_without_a_known_way_to_log_in_gets_no_password() throws Exception {
        Talk talk = Talk.of("smtp").answering("EHLO", "250-test.invalid\r\n250 AUTH GSSAPI");
        try (ScriptedServer server = ScriptedServer.start(talk)) {
            CheckResult result =
                    Checks.of("smtp", server.port()).as("webscout", "s3cret").run();

            assertThat(result.trouble()).isEqualTo(new Trouble(Stage.LOGIN, Kind.NOT_OFFERED));
            assertThat(result.reason()).contains("AUTH GSSAPI");
            assertThat(server.lines()).containsExactly("EHLO [127.0.0.1]", "QUIT");
        }
    }

    @Test
    void a_secret_that_the_server_repeats_is_shown_nowhere() throws Exception {
        String plain = Base64.getEncoder().encodeToString("\0webscout\0s3cret".getBytes(StandardCharsets.UTF_8));
        for (String scheme : List.of("smtp", "pop3", "imap")) {
            String command = scheme.equals("smtp") ? "AUTH" : scheme.equals("pop3") ? "PASS" : "LOGIN";
            String no = scheme.equals("smtp") ? "535 no: " : scheme.equals("pop3") ? "-ERR no: " : "TAG NO no: ";
            try (ScriptedServer server =
                    ScriptedServer.start(Talk.of(scheme).answering(command, no + "s3cret " + plain + " czNjcmV0"))) {
                CheckResult result = Checks.of(scheme, server.port())
                        .as("webscout", "s3cret")
                        .run();

                assertThat(result.toString()).contains("no: **** ").doesNotContain("s3cret", plain, "czNjcmV0");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            smtp | AUTH | unknown command SECRET
            smtp | AUTH | 535-no~unknown SECRET
            smtp | AUTH | 235 in~SECRET
            smtp | MAIL | 550 no: SECRET
            pop3 | PASS | SECRET
            imap | LOGIN | TAG2 SECRET
            imap | LOGIN | TAG OK in~SECRET
            """)
    void a_secret_in_what_is_not_of_the_protocol_is_shown_nowhere(String scheme, String command, String answer)
            throws Exception {
        // So long that half of it stands where a reason is cut.
        for (String padding : List.of("", "x".repeat(380), "x".repeat(1985))) {
            Base64.Encoder base64 = Base64.getEncoder();
            String plain = base64.encodeToString("\0webscout\0s3cret".getBytes(StandardCharsets.UTF_8));
            String said = padding + "s3cret " + plain + " \"s3cret\"";
            String sent = answer.replace("~", "\r\n").replace("SECRET", said);
            try (ScriptedServer server = ScriptedServer.start(Talk.of(scheme).answering(command, sent))) {
                CheckResult result = Checks.of(scheme, server.port())
                        .as("webscout", "s3cret")
                        .run();

                assertThat(result.state()).as(result.toString()).isEqualTo(State.FAILING);
                assertThat(result.toString()).doesNotContain("s3c", plain.substring(0, 12));
            }
        }
    }

    @Test
    void an_imap_password_of_any_letters_arrives_as_it_is() throws Exception {
        String[] passwords = {"a\"b\\c d", "pässwört\"", "{5}"};
        for (String password : passwords) {
            Talk talk = Talk.of("imap").with("LOGIN", (session, answer) -> {
                String tag = answer.substring(answer.indexOf("\r\n") + 2, answer.indexOf(" OK"));
                if (password.startsWith("p")) {
                    session.say("+ go on\r\n");
                    assertThat(session.line()).isEqualTo("webscout {11}");
                    session.say("+ go on\r\n");
                    session.line();
                }
                session.say(tag + " OK in\r\n");
            });
            try (ScriptedServer server = ScriptedServer.start(talk)) {
                CheckResult result = Checks.of("imap", server.port())
                        .as("webscout", password)
                        .run();

                assertThat(result.state()).as(result.toString()).isEqualTo(State.GOOD);
                String sent = new String(
                        String.join("\n", server.lines()).getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8);
                assertThat(sent)
                        .contains(
                                password.startsWith("p")
                                        ? "\n" + password + "\n"
                                        : "\"" + password.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
                assertThat(result.toString()).doesNotContain(password);
            }
        }
    }

    @Test
    void numbers_in_replies_become_measures() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Talk.of("pop3"))) {
            CheckResult result =
                    Checks.of("pop3", server.port()).as("webscout", "s3cret").run();

            assertThat(result.measures())
                    .contains(Measure.of("messages", 3, ""), Measure.of("mailbox_size", 1200, "B"));
            assertThat(result.reason()).startsWith("+OK ready; messages 3; mailbox size 1200B; ");
        }
    }

    @Test
    void a_bare_connection_is_made_and_ended() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(session -> session.hang())) {
            CheckResult result = Checks.of("tcp", server.port()).run();

            assertThat(result.state()).isEqualTo(State.GOOD);
            assertThat(result.reason()).startsWith("connected; ");
            assertThat(result.steps()).extracting(Step::name).containsExactly("look-up", "connect");
            server.awaitEnded(1);
        }
    }

    @Test
    void a_closed_port_is_refused() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        for (String scheme : List.of("tcp", "smtp", "imaps")) {
            CheckResult result = Checks.of(scheme, port).run();

            assertThat(result.state()).isEqualTo(State.FAILING);
            assertThat(result.trouble()).isEqualTo(new Trouble(Stage.CONNECT, Kind.REFUSED));
            assertThat(result.reason())
                    .isEqualTo("127.0.0.1 port " + port + ": connection refused: nobody listens there");
        }
    }

    @Test
    void a_host_that_is_none_says_nothing_about_a_server() {
        CheckResult result = Checks.of("smtp://no-such-host.invalid").run();

        assertThat(result.state()).isEqualTo(State.UNKNOWN);
        assertThat(result.trouble()).isEqualTo(new Trouble(Stage.LOOK_UP, Kind.NO_SUCH_HOST));
        assertThat(result.reason()).contains("no-such-host.invalid");
    }

    @Test
    void the_family_of_the_address_can_be_chosen() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Talk.of("smtp"))) {
            CheckResult result =
                    Checks.of("smtp://127.0.0.1:" + server.port() + "/?ip=6").run();

            assertThat(result.trouble()).isEqualTo(new Trouble(Stage.LOOK_UP, Kind.NO_SUCH_HOST));
            assertThat(result.reason()).isEqualTo("127.0.0.1 has no IPv6 address");
            assertThat(Checks.of("smtp://localhost:" + server.port() + "/?ip=4")
                            .run()
                            .state())
                    .isEqualTo(State.GOOD);
        }
    }

    @Test
    void a_server_that_works_and_takes_too_long_is_a_warning() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Talk.of("smtp"))) {
            Checks checks = Checks.of("smtp", server.port());
            CheckResult result = new Checks(
                            checks.url(), null, checks.tls(), new Limits(Duration.ofSeconds(10), Duration.ofNanos(1)))
                    .run();

            assertThat(result.state()).isEqualTo(State.WARNING);
            assertThat(result.trouble()).isEqualTo(new Trouble(Stage.RESULT, Kind.SLOW));
        }
    }

    @Test
    void encryption_that_is_demanded_and_not_offered_is_missing() throws Exception {
        for (String scheme : List.of("smtp", "lmtp", "imap", "nntp", "ftp", "pop3")) {
            try (ScriptedServer server = ScriptedServer.start(Talk.of(scheme))) {
                CheckResult result =
                        Checks.of(scheme, server.port()).with(Security.REQUIRED).run();

                assertThat(result.state()).isEqualTo(State.FAILING);
                assertThat(result.trouble()).as(scheme).isEqualTo(new Trouble(Stage.TLS, Kind.NOT_OFFERED));
            }
        }
    }

    @Test
    void encryption_of_which_a_server_knows_nothing_at_all_is_missing() throws Exception {
        Map<String, String> hellos =
                Map.of("smtp", "EHLO", "lmtp", "LHLO", "pop3", "CAPA", "imap", "CAPABILITY", "ftp", "FEAT");
        for (Map.Entry<String, String> one : hellos.entrySet()) {
            String scheme = one.getKey();
            String no = scheme.equals("pop3") ? "-ERR what" : scheme.equals("imap") ? "TAG BAD what" : "502 what";
            Talk talk = Talk.of(scheme).answering(one.getValue(), no).answering("HELO", "250 hello");
            try (ScriptedServer server = ScriptedServer.start(talk)) {
                CheckResult result =
                        Checks.of(scheme, server.port()).with(Security.REQUIRED).run();

                assertThat(result.trouble()).as(scheme + result).isEqualTo(new Trouble(Stage.TLS, Kind.NOT_OFFERED));
            }
        }
    }

    @Test
    void settings_without_sense_are_refused() {
        assertThatThrownBy(() -> make(Checks.of("smtp://h/?to=nobody"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> make(Checks.of("smtp://h/?ip=5"))).hasMessage("smtp://h:25?ip=5: ip is 4 or 6");
        assertThatThrownBy(() -> make(Checks.of("smtp://h/?hello=a%20b"))).hasMessageContaining("hello is a host name");
        assertThatThrownBy(() -> make(Checks.of("tcp://h:1").as("a", "b"))).hasMessageContaining("nobody logs in");
        assertThatThrownBy(() -> make(Checks.of("http://h"))).hasMessageContaining("no dialogue for http");
    }

    @Test
    void a_dialogue_of_a_sites_own_is_held_like_any_other() throws Exception {
        Answers answers = Answers.CODES.good("200");
        Dialogue own = new Dialogue(
                "policy",
                0,
                false,
                List.of(
                        Exchange.of("greeting", Stage.GREETING, "", Ending.LINE, answers),
                        Exchange.of("LOAD", Stage.COMMAND, "LOAD ${hello}", Ending.LINE, answers)
                                .capturing(new Capture("load", "%", Pattern.compile("load=([0-9.]+)")))));
        Talk talk = Talk.of("ftp").answering(Talk.GREETING, "200 hello").answering("LOAD", "200 load=12.5");
        try (ScriptedServer server = ScriptedServer.start(talk)) {
            CheckSettings settings = new CheckSettings(
                    CheckUrl.parse("policy://127.0.0.1:" + server.port() + "/?hello=me", Map.of("policy", 0)),
                    null,
                    TlsSettings.DEFAULT,
                    Limits.DEFAULT);
            CheckResult result =
                    ProtocolChecks.of(settings, own, TimeSource.system()).run();

            assertThat(result.state()).as(result.toString()).isEqualTo(State.GOOD);
            assertThat(result.measures()).contains(Measure.of("load", 12.5, "%"));
            assertThat(server.lines()).containsExactly("LOAD me");
        }
    }

    @Test
    void a_server_whose_first_word_is_a_goodbye_is_not_good() throws Exception {
        Dialogue sieve = DialoguesReader.read(Path.of("conf/dialogues.yaml")).getFirst();
        try (ScriptedServer server = ScriptedServer.start(session -> session.say("BYE \"too many\"\r\n"))) {
            CheckResult result = held(sieve, server.port(), null, TlsSettings.DEFAULT);

            assertThat(result.state()).as(result.toString()).isEqualTo(State.FAILING);
            assertThat(result.trouble()).isEqualTo(new Trouble(Stage.GREETING, Kind.REJECTED));
        }
    }

    private static CheckResult held(Dialogue dialogue, int port, @Nullable Login login, TlsSettings tls)
            throws InterruptedException {
        String scheme = dialogue.scheme();
        CheckSettings settings = new CheckSettings(
                CheckUrl.parse(scheme + "://127.0.0.1:" + port, Map.of(scheme, 0)), login, tls, Limits.DEFAULT);
        return ProtocolChecks.of(settings, dialogue, TimeSource.system()).run();
    }

    @Test
    void in_a_sites_dialogue_what_is_for_those_who_are_logged_in_takes_place() throws Exception {
        Path file = Files.writeString(directory.resolve("dialogues.yaml"), """
                dialogues:
                  - scheme: shelf
                    exchanges:
                      - {expect: OK}
                      - {send: LIST, role: offers, expect: OK}
                      - {send: 'USER ${user}', when: login, expect: OK, reject: NO}
                      - {send: 'PASS ${password}', when: login, expect: OK, reject: NO}
                      - {send: 'TOKEN ${password}', when: login, expect: OK, ifOffered: TOKEN}
                      - {send: COUNT, when: logged-in, expect: OK, count: [{name: books, pattern: '(\\d+)'}]}
                """);
        Dialogue shelf = DialoguesReader.read(file).getFirst();
        for (String pass : List.of("OK", "NO")) {
            Talk talk = Talk.of("ftp")
                    .answering(Talk.GREETING, "OK")
                    .answering("LIST", "OK")
                    .answering("USER", "OK")
                    .answering("PASS", pass)
                    .answering("TOKEN", "OK")
                    .answering("COUNT", "OK 17");
            try (ScriptedServer server = ScriptedServer.start(talk)) {
                Login login = new Login("webscout", "s3cret");
                CheckResult result = held(shelf, server.port(), login, TlsSettings.DEFAULT);

                assertThat(result.measures().contains(Measure.of("books", 17, "")))
                        .as(result.toString())
                        .isEqualTo(pass.equals("OK"));
                assertThat(server.lines()).startsWith("LIST", "USER webscout", "PASS s3cret");
            }
            try (ScriptedServer server = ScriptedServer.start(talk)) {
                assertThat(held(shelf, server.port(), null, TlsSettings.DEFAULT).state())
                        .isEqualTo(State.GOOD);
                assertThat(server.lines()).containsExactly("LIST");
            }
        }
    }

    @Test
    void encryption_is_not_demanded_of_a_dialogue_that_has_none() {
        Dialogue own = new Dialogue("own", 1, false, List.of());
        assertThatThrownBy(() -> held(own, 1, null, TlsSettings.of(Security.REQUIRED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing in the dialogue of own begins encryption")
                .hasMessageContaining("role: start-tls");
    }

    @Test
    void a_dialogue_that_would_tell_a_password_or_has_unknown_blanks_is_refused() {
        Exchange telling = Exchange.of("A", Stage.COMMAND, "A ${password}", Ending.LINE, Answers.CODES);
        assertThatThrownBy(() -> new Dialogue("a", 1, false, List.of(telling)))
                .hasMessageContaining("its when is LOGIN");
        assertThatThrownBy(() -> Exchange.of("A", Stage.COMMAND, "A ${usr}", Ending.LINE, Answers.CODES))
                .hasMessageStartingWith("there is nothing that stands for ${usr}; known are from, hello, ");
    }

    @Test
    void who_gives_up_on_a_check_gets_rid_of_it() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ServerSession::hang)) {
            Check check = ProtocolChecks.of(Checks.of("smtp", server.port()).settings(), TimeSource.system());
            FutureTask<CheckResult> task = new FutureTask<>(check::run);
            Thread thread = Thread.ofVirtual().start(task);
            server.awaitConnection();
            thread.interrupt();

            assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
            server.awaitEnded(1);
        }
    }

    @Test
    void an_address_of_the_newer_kind_is_called_as_well() throws Exception {
        try (ServerSocket socket = new ServerSocket()) {
            try {
                socket.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
            } catch (IOException e) {
                abort("this machine has no IPv6: " + e);
            }
            CheckResult result =
                    Checks.of("tcp://[::1]:" + socket.getLocalPort() + "/?ip=6").run();

            assertThat(result.state()).as(result.toString()).isEqualTo(State.GOOD);
            assertThat(result.transcript()).startsWith("-- connected to 0:0:0:0:0:0:0:1 port ");
        }
    }

    private static void make(Checks checks) {
        var _ = ProtocolChecks.of(checks.settings(), TimeSource.system());
    }
}
