package org.mailsonar.check.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;

/** Servers that do what they should not, at every step of every protocol. */
class BadServerTest {

    private static final List<String> SCHEMES = List.of("smtp", "lmtp", "pop3", "imap", "nntp", "ftp");
    private static final String LONG = "x".repeat(500);

    /** What a server does instead of answering, and what is told of it. */
    enum Mischief implements Talk.Turn {
        SILENT(Kind.TIME_OUT) {
            @Override
            public void take(ServerSession session, String answer) throws IOException {
                session.hang();
            }
        },
        HALF_A_REPLY(Kind.TIME_OUT) {
            @Override
            public void take(ServerSession session, String answer) throws IOException {
                session.say(answer.substring(0, answer.length() - 3));
                session.hang();
            }
        },
        A_BYTE_NOW_AND_THEN(Kind.TIME_OUT) {
            @Override
            public void take(ServerSession session, String answer) throws IOException {
                while (true) {
                    session.say("2");
                    LockSupport.parkNanos(20_000_000);
                }
            }
        },
        CLOSES(Kind.CLOSED) {
            @Override
            public void take(ServerSession session, String answer) throws IOException {
                throw new IOException("closed, as the script says");
            }
        },
        GARBAGE(Kind.NONSENSE) {
            @Override
            public void take(ServerSession session, String answer) throws IOException {
                session.say("\u0000\u0001\u00ff\u00fe ?\u001b[31m\r\n");
            }
        },
        ANOTHER_CODE(Kind.NONSENSE) {
            @Override
            public void take(ServerSession session, String answer) throws IOException {
                int end = answer.indexOf(' ');
                session.say(answer.startsWith("a") ? answer.substring(0, end) + " MAYBE\r\n" : "399 maybe\r\n");
            }
        },
        AN_ENDLESS_LINE(Kind.NONSENSE) {
            @Override
            public void take(ServerSession session, String answer) throws IOException {
                session.say(answer.replace("\r\n", " "));
                while (true) {
                    session.say(LONG);
                }
            }
        },
        AN_ENDLESS_REPLY(Kind.NONSENSE) {
            @Override
            public void take(ServerSession session, String answer) throws IOException {
                String begin = answer.startsWith("a") || answer.startsWith("*") ? "* " : answer.substring(0, 3) + "-";
                while (true) {
                    session.say(begin + LONG + "\r\n");
                }
            }
        },
        SAYS_IT_TWICE(Kind.NONSENSE) {
            @Override
            public void take(ServerSession session, String answer) throws IOException {
                session.say(answer + answer);
            }
        };

        private final Kind kind;

        Mischief(Kind kind) {
            this.kind = kind;
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_server_should_not_do_is_told_at_every_step(Mischief mischief) throws Exception {
        Map<String, Future<CheckResult>> results = new java.util.TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String scheme : SCHEMES) {
                for (String command : Talk.of(scheme).commands()) {
                    if (!command.equals("QUIT") && !command.equals("LOGOUT")) {
                        results.put(scheme + " " + command, threads.submit(() -> run(scheme, command, mischief)));
                    }
                }
            }
        }
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, Future<CheckResult>> result : results.entrySet()) {
            String expected = expected(result.getKey(), mischief);
            CheckResult got = result.getValue().get();
            Trouble trouble = got.trouble();
            String told = trouble == null ? got.state().text() : trouble.kind().text();
            if (!told.matches(expected) || got.reason().isEmpty() || (trouble != null && got.state() == State.GOOD)) {
                wrong.add(result.getKey() + ": " + told + " and not " + expected + ", " + got.reason() + "\n"
                        + got.transcript());
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static String expected(String step, Mischief mischief) {
        if (mischief == Mischief.SAYS_IT_TWICE && step.equals("imap greeting")) {
            return State.GOOD.text(); // a server may say such a line at any time (RFC 9051 §7)
        }
        boolean isMail = step.startsWith("smtp") || step.startsWith("lmtp");
        if (mischief == Mischief.CLOSES && isMail && step.matches(".*(HLO|EHLO|MAIL|RCPT)")) {
            return Kind.IMPOSTOR.text();
        }
        return mischief.kind.text();
    }

    private static CheckResult run(String scheme, String command, Mischief mischief) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(Talk.of(scheme).with(command, mischief))) {
            String[] options = scheme.endsWith("mtp") ? new String[] {"to=webscout@company.test"} : new String[0];
            return Checks.of(scheme, server.port(), options)
                    .as("webscout", "s3cret")
                    .within(mischief.kind == Kind.TIME_OUT ? Duration.ofMillis(400) : Duration.ofSeconds(10))
                    .run();
        }
    }

    @Test
    void a_server_that_does_all_as_it_should_is_good_in_every_protocol() throws Exception {
        for (String scheme : SCHEMES) {
            Talk talk = Talk.of(scheme);
            try (ScriptedServer server = ScriptedServer.start(talk)) {
                CheckResult result = Checks.of(scheme, server.port())
                        .as("webscout", "s3cret")
                        .run();

                assertThat(result.state()).as(scheme + ": " + result).isEqualTo(State.GOOD);
                assertThat(result.transcript()).doesNotContain("s3cret").contains("****");
                assertThat(result.steps())
                        .extracting(CheckResult.Step::name)
                        .startsWith("look-up", "connect", "greeting");
                assertThat(server.connections()).isEqualTo(1);
            }
        }
    }

    @Test
    void nothing_is_said_before_the_greeting() throws Exception {
        for (String scheme : SCHEMES) {
            try (ScriptedServer server = ScriptedServer.start(ServerSession::hang)) {
                CheckResult result = Checks.of(scheme, server.port())
                        .within(Duration.ofMillis(150))
                        .run();

                assertThat(result.trouble()).isEqualTo(new Trouble(Stage.GREETING, Kind.TIME_OUT));
                assertThat(result.reason()).isEqualTo("no greeting within 150 ms");
                server.awaitEnded(1);
                assertThat(server.lines()).isEmpty();
            }
        }
    }
}
