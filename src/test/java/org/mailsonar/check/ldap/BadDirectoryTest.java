package org.mailsonar.check.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.config.CheckLooks;
import org.mailsonar.testing.ScriptedServer;

/** Directories that do not keep to the rules. */
class BadDirectoryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'220 mx.company.test ESMTP\r\n'|NONSENSE|what came is not of the protocol",
                // An answer to a bind with the number of another message.
                "'0\u000c\u0002\u0001\u0007a\u0007\n\u0001\u0000\u0004\u0000\u0004\u0000'|NONSENSE|message 7 came where 1 was awaited",
                // A message that says it has 2 GiB.
                "'0\u0084\u007f\u00ff\u00ff\u00ff'|NONSENSE|what came is not of the protocol",
                "''|CLOSED|the server ended the connection"
            })
    void what_is_wrong_is_told(String answer, Kind kind, String words) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(session -> {
            session.bytes(1);
            session.say(answer);
        })) {
            CheckResult result =
                    new CheckLooks(Path.of("")).at("ldap://127.0.0.1:" + server.port() + "?starttls=off&timeout=5s");

            assertThat(result.reason()).contains(words);
            assertThat(result.state()).isEqualTo(State.FAILING);
            assertThat(result.trouble()).extracting(Trouble::kind).isEqualTo(kind);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2,  if-offered, GOOD,    ",
        "2,  require,    FAILING, NOT_OFFERED",
        "52, if-offered, WARNING, TLS_FAILED",
        "52, require,    FAILING, TLS_FAILED",
        "1,  if-offered, WARNING, TLS_FAILED"
    })
    void a_broken_StartTLS_is_not_a_missing_one(int code, String starttls, State state, @Nullable Kind kind)
            throws Exception {
        try (ScriptedServer server = ScriptedServer.start(session -> {
            session.bytes(31); // StartTLS
            session.say(answer(1, 'x', code));
            session.bytes(14); // bind
            session.say(answer(2, 'a', 0));
            session.bytes(1);
            session.say(answer(3, 'e', 0));
            session.hang();
        })) {
            CheckResult result = new CheckLooks(Path.of(""))
                    .at("ldap://127.0.0.1:" + server.port() + "?timeout=5s&starttls=" + starttls);

            assertThat(result.state()).as(result.toString()).isEqualTo(state);
            assertThat(result.trouble()).isEqualTo(kind == null ? null : new Trouble(Trouble.Stage.TLS, kind));
        }
    }

    private static String answer(int number, char kind, int code) {
        return "0\u000c\u0002\u0001" + (char) number + kind + "\u0007\n\u0001" + (char) code
                + "\u0004\u0000\u0004\u0000";
    }

    @Test
    void a_silent_one_is_given_up_in_time() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(session -> session.awaitClose())) {
            CheckResult result =
                    new CheckLooks(Path.of("")).at("ldap://127.0.0.1:" + server.port() + "?starttls=off&timeout=200ms");

            assertThat(result.reason()).isEqualTo("no answer to the bind within 200 ms");
            assertThat(result.trouble()).extracting(Trouble::kind).isEqualTo(Kind.TIME_OUT);
        }
    }
}
