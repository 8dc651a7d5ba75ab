package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpClient;
import org.mailsonar.lab.SmtpSink;

/** {@code mailsonar monitor} as a process, with a real Postfix between it and the site: what it keeps through a crash, and what it refuses. */
@NeedsPostfix
class MonitorIT {

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
    void it_probes_by_its_schedule_and_ends_cleanly() throws IOException {
        site.reflectByPipe();
        try (Program monitor = site.startMonitor()) {
            monitor.await("webscout@company.test  round trip ");
            monitor.terminate();
            assertThat(monitor.status()).as(monitor.toString()).isZero();
            assertThat(monitor.output()).isEmpty();
        }
        assertThat(site.status("json").output()).contains("\"outcome\":\"returned\"", "\"clock\":\"monotonic\"");
    }

    @Test
    void probe_beside_it_waits_until_it_has_the_return() throws IOException {
        site.reflectByPipe();
        try (Program monitor = site.startMonitor()) {
            monitor.await("webscout@company.test  round trip ");
            try (Program probe = site.probe("--format", "json")) {
                assertThat(probe.status()).as(probe.toString()).isZero();
                assertThat(probe.errors()).contains("waiting for the program that listens there to take the return");
                // Two processes saw the two ends.
                assertThat(probe.output()).contains("\"outcome\":\"returned\"", "\"clock\":\"wall\"");
                assertThat(WholeSite.number(probe.output(), "roundTripSeconds")).isPositive();
            }
        }
    }

    @Test
    void kill_9_with_a_probe_in_flight_forgets_nothing() throws IOException {
        site.hold();
        try (Program monitor = site.startMonitor()) {
            site.lab().awaitLog("status=deferred");
            monitor.kill();
        }
        site.reflectByPipe();
        try (Program again = site.startMonitor()) {
            site.lab().flush();
            again.await("webscout@company.test  round trip ");
            Poll.until("the judgement", () -> site.status("json").status() == 0);
        }
        Program status = site.status("json");
        assertThat(status.output()).contains("\"outcome\":\"returned\"", "\"clock\":\"wall\"", "\"duplicates\":0");
        assertThat(status.status()).isZero();
    }

    @Test
    void a_return_that_comes_while_it_is_down_waits_in_postfix() throws IOException {
        site.hold();
        try (Program monitor = site.startMonitor()) {
            site.lab().awaitLog("status=deferred");
            monitor.kill();
        }
        site.reflectByPipe();
        site.lab().flush();
        site.lab().awaitLog("delivered to command");
        Poll.until(
                "the return in the queue", () -> site.lab().queue().toString().contains(SignedProbe.RETURN));

        try (Program again = site.startMonitor()) {
            site.lab().flush();
            again.await("webscout@company.test  round trip ");
            site.lab().awaitEmptyQueue();
        }
    }

    @Test
    void a_return_that_comes_twice_counts_once() throws IOException {
        site.reflectByPipe();
        try (SmtpSink between = SmtpSink.open();
                Program monitor = startMonitorBehind(between)) {
            String text = between.next().text();
            String first = bring(text);
            double roundTrip = WholeSite.number(site.status("json").output(), "roundTripSeconds");

            assertThat(first).startsWith("250 ");
            assertThat(bring(text)).startsWith("250 ");
            String json = site.status("json").output();
            assertThat(WholeSite.number(json, "duplicates")).isEqualTo(1);
            assertThat(WholeSite.number(json, "roundTripSeconds")).isEqualTo(roundTrip);
            assertThat(monitor.errors().lines().filter(line -> line.contains("  round trip ")))
                    .hasSize(1);
        }
    }

    @Test
    void strangers_are_refused_and_counted() throws IOException {
        site.reflectByPipe();
        try (SmtpSink between = SmtpSink.open();
                Program monitor = startMonitorBehind(between)) {
            SmtpSink.Delivery authentic = between.next();
            assertThat(bring("From: someone@example.test\nSubject: hello\n\nhello\n"))
                    .startsWith("550 5.7.1 ");
            assertThat(bring(SignedProbe.byStranger().text())).startsWith("550 5.7.1 ");
            assertThat(SmtpClient.send(site.returnsPort(), "", "someone@monitor.test", authentic.text()))
                    .startsWith("550 ");

            assertThat(site.status("text").output()).contains("\nmail that was no return, strangers: 2\n", "in flight");
            assertThat(site.status("json").output()).contains("\"noReturn\":{\"strangers\":2}");
            assertThat(monitor.await(" unwanted from=<someone@example.test>")).contains("to=<return@monitor.test>");
            assertThat(bring(authentic.text())).startsWith("250 ");
        }
    }

    @Test
    void a_probe_that_a_site_sends_straight_back_is_no_return() throws IOException {
        site.lab().forward("webscout", "return@monitor.test");
        try (Program monitor = site.startMonitor()) {
            // The listener refuses it, so the site's own bounce tells what the site does.
            monitor.await(" accepted from=<> to=<probe+");
            assertThat(site.status("text").output())
                    .contains("  bounced: 127.0.0.1: 550 5.7.1 probe ", "came here without having been returned");
        }
    }

    @Test
    void a_bounce_of_a_probe_that_was_never_sent_is_refused() throws IOException {
        site.hold();
        try (Program monitor = site.startMonitor()) {
            SignedProbe other = SignedProbe.fresh();
            assertThat(SmtpClient.send(site.returnsPort(), "", other.sender(), "Subject: Undelivered\n\nsorry\n"))
                    .startsWith("550 5.7.1 ");
            assertThat(monitor.await(" unwanted from=<>")).contains("not in the ledger");
        }
    }

    /** Starts the monitor while its returns go to a sink, so that the test can bring them itself. */
    private Program startMonitorBehind(SmtpSink between) throws IOException {
        site.lab().route("monitor.test", between.port());
        return site.startMonitor();
    }

    private String bring(String message) throws IOException {
        return SmtpClient.send(site.returnsPort(), "someone@example.test", SignedProbe.RETURN, message);
    }
}
