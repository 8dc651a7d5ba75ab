package org.mailsonar.check.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.check.CheckResult;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.config.CheckLooks;
import org.mailsonar.lab.NeedsWeb;
import org.mailsonar.lab.WebLab;
import org.mailsonar.testing.TestCertificates;

/** Against lighttpd. */
@NeedsWeb
class HttpCheckIT {

    @TempDir
    private static Path directory;

    private static CheckLooks looks;
    private static WebLab plain;
    private static WebLab encrypted;

    @BeforeAll
    static void start() throws Exception {
        TestCertificates authority = TestCertificates.authority(directory, "lab");
        Path serverFile = authority.serverFile("server", "dns:localhost,ip:127.0.0.1");
        authority.caFile();
        for (String password : new String[] {"secret", "wrong"}) {
            Path file = Files.writeString(directory.resolve(password), password + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        plain = WebLab.start();
        encrypted = WebLab.startTls(serverFile);
        looks = new CheckLooks(directory);
    }

    @AfterAll
    static void stop() {
        plain.close();
        encrypted.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/|GOOD|HTTP/1.1 200 OK",
                "/?text=Webmail%20of|GOOD|with the text 'Webmail of'",
                "/?text=Elsewhere|FAILING|the text 'Elsewhere' is not in the answer",
                "/none|FAILING|answered HTTP/1.1 404 Not Found, expected 200 to 399",
                "/none?status=404|GOOD|HTTP/1.1 404 Not Found",
                "/?status=201..299|FAILING|answered HTTP/1.1 200 OK, expected 201 to 299",
                "/old|GOOD|HTTP/1.1 301 Moved Permanently to /",
                "/old?redirects=follow&text=Webmail|GOOD|with the text 'Webmail'",
                "/private/?status=401|GOOD|HTTP/1.1 401 Unauthorized",
                "/private/?user=reader&passwordFile=secret&text=For%20readers|GOOD|HTTP/1.1 200 OK",
                "/private/?user=reader&passwordFile=wrong|FAILING|the login is not accepted: HTTP/1.1 401 Unauthorized"
            })
    void status_and_text_are_compared(String rest, State state, String words) throws Exception {
        CheckResult result = looks.at("http://127.0.0.1:" + plain.port() + rest);

        assertThat(result.reason()).contains(words);
        assertThat(result.state()).isEqualTo(state);
        assertThat(result.steps()).extracting(CheckResult.Step::name).contains("look-up", "connect", "GET", "body");
    }

    @Test
    void https_checks_the_certificate() throws Exception {
        String place = "https://127.0.0.1:" + encrypted.port() + "/";

        CheckResult good = looks.at(place + "?caFile=lab.pem&failDays=0&warnDays=0");
        CheckResult unknown = looks.at(place);

        assertThat(good.state()).as(good.reason()).isEqualTo(State.GOOD);
        assertThat(good.tls()).isNotNull();
        assertThat(unknown.state()).isEqualTo(State.FAILING);
        assertThat(unknown.reason()).contains("an authority that is not trusted here");
    }
}
