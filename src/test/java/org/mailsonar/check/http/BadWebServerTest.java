package org.mailsonar.check.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.config.CheckLooks;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.ServerSession;
import org.mailsonar.testing.TestCertificates;

/** Web servers that do not keep to the rules, and forms of answers that some have. */
class BadWebServerTest {

    @TempDir
    private Path directory;

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
        assertThat(result.trouble()).extracting(Trouble::kind).isEqualTo(kind);
    }

    @Test
    void a_secret_that_is_repeated_is_shown_nowhere() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "s3crét");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String basic = Base64.getEncoder().encodeToString("ada:s3crét".getBytes(StandardCharsets.UTF_8));
        String octets = new String("s3crét".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        for (String answer : List.of("HTTP/1.1 400 ", "what is ", "HTTP/1.1 200 OK\r\n")) {
            CheckResult result = look(answer + basic + " " + octets + "\r\n\r\n", "?user=ada&passwordFile=" + file);

            assertThat(result.state()).isEqualTo(State.FAILING);
            assertThat(result.toString()).contains("****").doesNotContain("s3cr", basic);
        }
    }

    @Test
    void what_lets_one_in_is_not_in_the_transcript() throws Exception {
        CheckResult result = look(
                String.join(
                        "\r\n",
                        "HTTP/1.1 200 OK",
                        "Set-Cookie: id=s3cret",
                        "Authentication-Info: s3cret",
                        "WWW-Authenticate: Digest s3cret",
                        "Server: nginx",
                        "Content-Length: 0",
                        "",
                        ""),
                "");

        assertThat(result.transcript())
                .contains("set-cookie: ****", "server: nginx")
                .doesNotContain("s3cret");
    }

    @Test
    void chunks_are_put_together_and_interim_answers_left_out() throws Exception {
        CheckResult result = look(
                String.join(
                        "\r\n",
                        "HTTP/1.1 103 Early Hints",
                        "Link: x",
                        "",
                        "HTTP/1.1 200 OK",
                        "Transfer-Encoding: chunked",
                        "",
                        "4;x=y",
                        "web ",
                        "4",
                        "mail",
                        "0",
                        "",
                        ""),
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

    private static ScriptedServer.Script redirecting(String location) {
        return session -> {
            while (!session.line().isEmpty()) {
                // the request
            }
            LockSupport.parkNanos(60_000_000);
            session.say("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
        };
    }

    private static void good(ServerSession session) throws IOException {
        while (!session.line().isEmpty()) {
            // the request
        }
        session.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    @Test
    void all_places_of_a_redirect_share_one_time_limit() throws Exception {
        ScriptedServer.Script again = redirecting("/again");
        try (ScriptedServer server = ScriptedServer.start(again, again, again, BadWebServerTest::good)) {
            CheckResult result = new CheckLooks(Path.of(""))
                    .at("http://127.0.0.1:" + server.port() + "?redirects=follow&timeout=150ms");

            assertThat(result.trouble())
                    .as(result.toString())
                    .extracting(Trouble::kind)
                    .isEqualTo(Kind.TIME_OUT);
        }
    }

    @Test
    void all_places_of_a_redirect_together_are_slow() throws Exception {
        ScriptedServer.Script again = redirecting("/again");
        try (ScriptedServer server = ScriptedServer.start(again, again, again, BadWebServerTest::good)) {
            CheckResult result = new CheckLooks(Path.of(""))
                    .at("http://127.0.0.1:" + server.port() + "?redirects=follow&slowAfter=150ms");

            assertThat(result.state()).as(result.toString()).isEqualTo(State.WARNING);
            assertThat(result.trouble()).isEqualTo(new Trouble(Trouble.Stage.RESULT, Kind.SLOW));
            assertThat(result.took()).isGreaterThan(Duration.ofMillis(180));
        }
    }

    @Test
    void what_is_wrong_with_the_first_place_is_not_hidden_by_the_last() throws Exception {
        TestCertificates authority = TestCertificates.authority(directory, "ours");
        Path caFile = authority.caFile();
        SSLContext ending = authority.endingServer("ending", "ip:127.0.0.1");
        SSLContext lasting = authority.server("lasting", "ip:127.0.0.1");
        try (ScriptedServer last = ScriptedServer.startTls(lasting, BadWebServerTest::good);
                ScriptedServer first =
                        ScriptedServer.startTls(ending, redirecting("https://127.0.0.1:" + last.port() + "/"))) {
            CheckResult result = new CheckLooks(directory)
                    .at("https://127.0.0.1:" + first.port() + "?redirects=follow&warnDays=1&failDays=0&caFile="
                            + caFile);

            assertThat(result.state()).as(result.toString()).isEqualTo(State.WARNING);
            assertThat(result.reason())
                    .startsWith("at https://127.0.0.1:" + first.port() + "?")
                    .contains(": the certificate ends in 0 days");
            assertThat(Objects.requireNonNull(result.tls()).subject()).isEqualTo("CN=ending");
            assertThat(result.measures())
                    .filteredOn(measure -> measure.name().equals("certificate_days"))
                    .singleElement()
                    .matches(measure -> measure.value() < 1);
        }
    }

    @Test
    void a_redirect_is_followed_as_it_is_written() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.start(redirecting("/a%2Fb%20c?next=%26x%3Dy&z=%2B"), BadWebServerTest::good)) {
            CheckResult result =
                    new CheckLooks(Path.of("")).at("http://127.0.0.1:" + server.port() + "?redirects=follow");

            assertThat(result.state()).as(result.toString()).isEqualTo(State.GOOD);
            assertThat(server.lines()).contains("GET /a%2Fb%20c?next=%26x%3Dy&z=%2B HTTP/1.1");
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
