package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.testing.FreePorts;

/** What the monitor makes of a probe that does not come back as it should, with a real Postfix on the way. */
@NeedsPostfix
class OutcomesIT {

    @TempDir
    private Path directory;

    private WholeSite site;

    @BeforeEach
    void start() throws IOException {
        site = WholeSite.start(directory);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void refused_when_the_submission_host_says_no() throws IOException {
        try (SmtpSink host = SmtpSink.open().answerRecipients("550 5.1.1 nobody here")) {
            site.monitor(host.port(), "timeout: 10m");
            assertFails(site.probe(), "webscout@company.test  refused: 550 5.1.1 nobody here");
        }
        Program status = site.status("json");
        assertThat(status.output()).contains("\"outcome\":\"refused\"", "\"reason\":\"550 5.1.1 nobody here");
        assertThat(status.status()).isEqualTo(2);
    }

    @Test
    void nothing_is_known_when_there_is_no_submission_host() throws IOException {
        site.monitor(FreePorts.next(), "timeout: 10m");

        try (Program probe = site.probe()) {
            assertThat(probe.status()).as(probe.toString()).isEqualTo(3);
            assertThat(probe.output()).startsWith("webscout@company.test  send failed: ");
        }
    }

    @Test
    void bounced_when_the_site_does_not_know_the_user() throws IOException {
        try (SmtpSink server = SmtpSink.open().answerRecipients("550 5.1.1 no such user")) {
            site.route(server.port());
            assertFails(
                    site.probe("--format", "nagios"),
                    "CRITICAL - webscout@company.test bounced: 127.0.0.1: 550 5.1.1 no such user | rtt=U;120;600;0");
        }
        assertThat(site.status("json").output()).contains("\"outcome\":\"bounced\"", "\"reason\":\"");
    }

    @Test
    void bounced_when_the_return_is_refused_to_the_pipe_program() throws IOException {
        try (SmtpSink nextHop = SmtpSink.open().answerRecipients("550 5.7.1 returns are not welcome")) {
            site.reflectByPipe(nextHop.port());
            assertFails(site.probe(), "webscout@company.test  bounced: mail.company.test: probe ")
                    .contains(" its return to return@monitor.test is refused: 550 5.7.1 returns are not welcome");
        }
    }

    @Test
    void bounced_when_the_return_is_refused_to_the_resident_reflector() throws IOException {
        try (SmtpSink nextHop = SmtpSink.open().answerRecipients("550 5.7.1 returns are not welcome");
                Program reflector = site.reflectByListener(nextHop.port())) {
            assertFails(site.probe(), "webscout@company.test  bounced: 127.0.0.1: 554 5.0.0 probe ")
                    .contains(" its return to return@monitor.test is refused: 550 5.7.1 returns are not welcome");
            assertThat(reflector.await(" failed from=<probe+")).contains("550 5.7.1");
        }
    }

    @Test
    void lost_when_a_mailbox_swallows_it() throws IOException {
        site.monitor("slowAfter: 1s, timeout: 2s");

        assertFails(site.probe(), "webscout@company.test  lost: nothing came back within 2 s");
        assertThat(site.lab().mailbox("webscout")).hasSize(1);
        Program status = site.status("text");
        assertThat(status.output()).contains("  lost: nothing came back within 2 s");
        assertThat(status.status()).isEqualTo(2);
    }

    @Test
    void in_flight_when_nobody_waits_long_enough() throws IOException {
        try (Program probe = site.probe("--wait", "1s")) {
            assertThat(probe.status()).isEqualTo(3);
            assertThat(probe.output()).startsWith("webscout@company.test  in flight");
        }
        assertThat(site.status("nagios").output()).startsWith("UNKNOWN - webscout@company.test in flight");
    }

    @Test
    void late_when_it_comes_back_after_all() throws IOException {
        site.monitor("slowAfter: 1s, timeout: 2s");
        site.hold();
        assertFails(site.probe(), "webscout@company.test  lost: ");

        try (Program monitor = site.startMonitor()) {
            site.reflectByPipe();
            site.lab().flush();
            assertThat(monitor.await("late: round trip")).contains("time-out 2 s");
        }
        try (Program history = site.start("history", "company", "--format", "json")) {
            assertThat(history.status()).isZero();
            String late = history.output().lines().findFirst().orElse("");
            assertThat(late).contains("\"outcome\":\"late\"", "\"clock\":\"wall\"");
            assertThat(WholeSite.number(late, "roundTripSeconds")).isGreaterThan(2);
        }
    }

    @Test
    void not_probed_yet_is_unknown() {
        assertThat(site.status("text").output()).startsWith("company").contains("not probed yet");
        Program status = site.status("nagios");
        assertThat(status.output()).isEqualTo("UNKNOWN - webscout@company.test not probed yet\n");
        assertThat(status.status()).isEqualTo(3);
    }

    private static AbstractStringAssert<?> assertFails(Program probe, String line) {
        try (probe) {
            assertThat(probe.status()).as(probe.toString()).isEqualTo(2);
            return assertThat(probe.output()).startsWith(line);
        }
    }
}
