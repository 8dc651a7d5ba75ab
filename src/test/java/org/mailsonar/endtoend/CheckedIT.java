package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.testing.FreePorts;

/** A monitor as a process that looks at servers, by its schedule and when a probe was lost. */
class CheckedIT {

    private static final String QUICK = "every: 1s, slowAfter: 1s, timeout: 1s, retryAfter: 500ms";
    private static final String SELDOM = "every: 1h";

    @TempDir
    private Path directory;

    private JudgingSite site;

    @BeforeEach
    void files() throws IOException {
        site = JudgingSite.in(directory);
    }

    @Test
    void an_outage_is_told_with_what_the_targets_own_checks_found() throws IOException {
        try (SmtpSink hole = SmtpSink.open()) {
            JudgingSite.Vantage vantage = site.vantage("here", hole.port());
            int closed = FreePorts.next();
            String checks = "checks: ['smtp://127.0.0.1:" + hole.port() + "', 'imap://127.0.0.1:" + closed + "']";
            try (Program monitor = site.monitor(vantage, QUICK + ", " + checks)) {
                Poll.until("the outage told", () -> site.told().contains("company down change"));
                assertThat(site.causes())
                        .as(monitor.toString())
                        .singleElement()
                        .asString()
                        .startsWith("nothing came back within 1 s; checks: imap://127.0.0.1:" + closed + ": ")
                        .endsWith("; smtp://127.0.0.1:" + hole.port() + " works");
                assertThat(site.output(vantage, "status")).contains("company  down", "imap://127.0.0.1:" + closed);
            }
        }
    }

    @Test
    void a_server_that_stops_and_starts_again_is_told_like_a_target() throws IOException {
        JudgingSite.Vantage vantage = site.vantage("here");
        String more = "checks:\n  - {url: 'smtp://127.0.0.1:" + site.reflectorPort()
                + "', name: door, every: 1s, retryAfter: 200ms, timeout: 2s}\n"
                + "host: {config: host.yaml, name: this machine, every: 1s}\n";
        Files.writeString(
                directory.resolve("host.yaml"),
                "state: host.state\nlog: qmonitor.log\ninterval: 100ms\nprocesses: [{name: java, atLeast: 1}]\n");
        try (Program first = site.reflector(vantage);
                Program monitor = site.monitor(vantage, SELDOM, more)) {
            Poll.until(
                    "the door to be looked at",
                    () -> site.output(vantage, "status").contains("door          healthy"));
            first.kill();
            Poll.until("the outage told", () -> site.told().contains("door down change"));
            assertThat(site.output(vantage, "status", "--format", "nagios"))
                    .contains("CRITICAL - down, door failing: ");
            try (Program second = site.reflector(vantage)) {
                Poll.until("the recovery told", () -> site.told().contains("door healthy change"));
                assertThat(second.toString()).contains("listening on");
                assertThat(site.output(vantage, "status")).contains("this machine  healthy");
                assertThat(site.told())
                        .as(monitor.toString())
                        .containsExactly("door down change", "door healthy change");
            }
            assertThat(Files.readAllLines(directory.resolve("qmonitor.log"))).hasSizeGreaterThan(2);
        }
    }
}
