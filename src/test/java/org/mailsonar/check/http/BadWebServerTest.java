package org.mailsonar.check.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.config.CheckLooks;
import org.mailsonar.testing.ScriptedServer;

/** Web servers that do not keep to the rules, and forms of answers that some have. */
class BadWebServerTest {

    private static CheckResult look(String answer, String options) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(session -> {
            while (!session.line().isEmpty()) {
                // the request
            }
            session.say(answer);
        })) {
            return new CheckLooks(Path.of("")).at("http://127.0.0.1:" + server.port() + "/a%20b%3Fc=d" + options);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "220 smtp.company.test ESMTP|NONSENSE|this is no answer of HTTP: 220 smtp.company.test ESMTP",
                "HTTP/1.1 999 what|NONSENSE|this is no answer of HTTP: HTTP/1.1 999 what",
                "HTTP/1.1 200 OK~no field~~|NONSENSE|this is no header field: no field",
                "HTTP/1.1 200 OK~Content-Length: many~~|NONSENSE|Content-Length is no number: many",
                "HTTP/1.1 200 OK~Content-Length: 10~~short|CLOSED|the server ended the connection before its answer was whole",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~zz~|NONSENSE|a chunk's size is no number: zz",
                "HTTP/1.1 200 OK~Transfer-Encoding: chunked~~3~abcd~|NONSENSE|a chunk of the body is longer than announced",
                "HTTP/1.1 200|CLOSED|the server ended the connection before its answer was whole"
            })
    void what_is_wrong_is_told(String answer, Kind kind, String words) throws Exception {
        CheckResult result =
                look(answer.replace("~", "\r\n") + (answer.length() < 35 && kind == Kind.NONSENSE ? "\r\n" : ""), "");

        assertThat(result.reason()).isEqualTo(words);
        assertThat(result.state()).isEqualTo(State.FAILING);
        assertThat(result.trouble().kind()).isEqualTo(kind);
    }

    @Test
    void chunks_are_put_together_and_interim_answers_left_out() throws Exception {
        CheckResult result = look(
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "4;x=y\r\nweb \r\n4\r\nmail\r\n0\r\n\r\n",
                "?text=web%20mail");

        assertThat(result.state()).as(result.reason()).isEqualTo(State.GOOD);
        assertThat(result.transcript()).contains("C: GET /a%20b?c=d HTTP/1.1");
    }

    @Test
    void of_an_endless_body_the_beginning_is_read() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(session -> {
            session.say("HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                session.say("more and more ");
            }
        })) {
            CheckResult result = new CheckLooks(Path.of("")).at("http://127.0.0.1:" + server.port() + "?text=end");

            assertThat(result.reason()).isEqualTo("the text 'end' is not in the first 64 KiB of the answer");
        }
    }

    @Test
    void redirects_that_never_end_are_left_at_the_fifth() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(
                session -> session.say("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"))) {
            CheckResult result =
                    new CheckLooks(Path.of("")).at("http://127.0.0.1:" + server.port() + "?redirects=follow");

            assertThat(result.reason()).startsWith("it redirects more than 5 times: ");
            assertThat(result.state()).isEqualTo(State.FAILING);
            assertThat(server.connections()).isEqualTo(6);
        }
    }
}
