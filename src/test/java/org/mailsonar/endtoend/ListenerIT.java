package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.SmtpClient;
import org.mailsonar.lab.SmtpSink;

/** {@code mailsonar reflector} as a process behind a real Postfix, which hands it the mail of the probed address. */
@NeedsPostfix
class ListenerIT {

    private static final String STRANGER = "From: someone@example.test\nSubject: hello\n\nhello\n";

    @TempDir
    private Path directory;

    private ListenerSite site;

    @BeforeEach
    void start() throws IOException {
        site = ListenerSite.start(directory);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void a_probe_goes_through_postfix_to_the_reflector_and_back() throws IOException {
        try (Program reflector = site.startReflector()) {
            SignedProbe probe = site.send(SignedProbe.fresh());

            SmtpSink.Delivery back = site.monitor().next();
            assertThat(back.sender()).isEmpty();
            assertThat(back.recipients()).containsExactly(SignedProbe.RETURN);
            assertThat(back.text())
                    .containsPattern("\r\nSubject: Mailsonar probe " + probe.id() + " \\[received 2\\S+Z]\r\n")
                    .contains("agent=reflector.company.test", "text/rfc822-headers", "by mail.company.test");
            assertThat(reflector.await("accepted from=<" + probe.sender()))
                    .contains("returned to return@monitor.test: 250 ");
            site.lab().awaitEmptyQueue();
            assertThat(site.monitor().waiting()).isZero();
        }
    }

    @Test
    void a_hundred_probes_each_come_back_once() throws IOException {
        try (Program reflector = site.startReflector();
                SmtpClient client = SmtpClient.connect(site.lab().port())) {
            for (int i = 0; i < 100; i++) {
                SignedProbe probe = SignedProbe.fresh();
                assertThat(client.message(probe.sender(), SignedProbe.TARGET, probe.text()))
                        .startsWith("250");
            }
            for (int i = 0; i < 100; i++) {
                site.monitor().next();
            }
            site.lab().awaitEmptyQueue();
            assertThat(site.monitor().waiting()).isZero();
            assertThat(reflector.isAlive()).isTrue();
        }
    }

    @Test
    void a_return_refused_for_good_bounces_to_the_probes_own_sender_with_the_cause() throws IOException {
        try (SmtpSink nextHop = SmtpSink.open().answerRecipients("550 5.7.1 returns are not welcome here")) {
            site.configure(nextHop.port(), "refuse");
            try (Program reflector = site.startReflector()) {
                SignedProbe probe = site.send(SignedProbe.fresh());

                SmtpSink.Delivery bounce = site.monitor().next();
                assertThat(bounce.sender()).isEmpty();
                assertThat(bounce.recipients()).containsExactly(probe.sender());
                assertThat(bounce.text().replaceAll("\r\n +", " "))
                        .contains("Action: failed\r\n", "Status: 5.0.0\r\n")
                        .contains("Diagnostic-Code: smtp; 554 5.0.0 probe " + probe.id() + " cannot be returned:")
                        .contains("550 5.7.1 returns are not welcome here");
                assertThat(reflector.await(" failed from=<"))
                        .contains(probe.id().text());
            }
        }
    }

    @Test
    void a_next_hop_that_is_down_keeps_the_probe_in_the_queue() throws IOException {
        SmtpSink nextHop = SmtpSink.open();
        nextHop.close();
        site.configure(nextHop.port(), "refuse");
        try (Program reflector = site.startReflector()) {
            SignedProbe probe = site.send(SignedProbe.fresh());
            assertThat(site.lab().awaitLog("status=deferred")).contains("451 4.3.0");
            assertThat(reflector.await(" deferred from=<")).contains(probe.id().text());

            try (SmtpSink back = SmtpSink.open(nextHop.port())) {
                site.lab().flush();
                assertThat(back.next().text()).contains(probe.id().text());
                site.lab().awaitEmptyQueue();
            }
        }
    }

    @Test
    void strangers_are_refused_in_the_dialogue() throws IOException {
        try (Program reflector = site.startReflector()) {
            assertThat(SmtpClient.send(site.port(), "someone@example.test", SignedProbe.TARGET, STRANGER))
                    .startsWith("550 5.7.1 ");
            assertThat(SmtpClient.send(
                            site.port(),
                            "someone@example.test",
                            SignedProbe.TARGET,
                            SignedProbe.forged().text()))
                    .startsWith("550 5.7.1 ");
            assertThat(SmtpClient.send(site.port(), "someone@example.test", "someone@elsewhere.test", STRANGER))
                    .startsWith("550 5.");
            assertThat(reflector
                            .errors()
                            .lines()
                            .filter(line -> line.contains(" unwanted from=<someone@example.test>")))
                    .hasSize(2);
        }
        assertThat(site.monitor().waiting()).isZero();
    }

    @Test
    void strangers_may_be_discarded_so_that_postfix_sends_no_bounce() throws IOException {
        site.configure(site.lab().port(), "discard");
        try (Program reflector = site.startReflector()) {
            assertThat(SmtpClient.send(site.port(), "someone@example.test", SignedProbe.TARGET, STRANGER))
                    .startsWith("250 2.0.0 ");
            site.lab().submit("someone@monitor.test", SignedProbe.TARGET, STRANGER);
            assertThat(site.lab().awaitLog("status=")).contains("status=sent");
            reflector.await(" discarded from=<someone@monitor.test>");
            site.lab().awaitEmptyQueue();
        }
        assertThat(site.monitor().waiting()).isZero();
    }

    @Test
    void sigterm_ends_it_with_status_0_and_frees_the_port() throws IOException {
        try (Program reflector = site.startReflector();
                SmtpClient idle = SmtpClient.connect(site.port())) {
            long asked = System.nanoTime();
            reflector.terminate();
            assertThat(reflector.status()).as(reflector.toString()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(20));
            assertThat(site.isOpen()).isFalse();
            assertThat(reflector.output()).isEmpty();
            assertThat(reflector.errors()).contains("stopped listening");
        }
    }

    @Test
    void a_place_that_is_taken_is_one_clear_line() {
        try (Program first = site.startReflector();
                Program second = Program.start(
                        InstalledTree.environment(),
                        InstalledTree.shared().script("mailsonar"),
                        "reflector",
                        "--config",
                        directory.resolve("reflector.yaml").toString())) {
            assertThat(second.status()).isEqualTo(3);
            assertThat(second.errors().lines()).singleElement().asString().startsWith("mailsonar reflector: ");
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void kill_9_while_the_next_hop_hangs_loses_nothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            site.configure(silent.getLocalPort(), "refuse");
            try (Program reflector = site.startReflector()) {
                site.send(SignedProbe.fresh());
                try (Socket waiting = silent.accept()) {
                    assertThat(waiting.isConnected()).isTrue();
                    reflector.kill();
                    site.lab().awaitLog("status=deferred");
                }
            }
        }
        site.configure(site.lab().port(), "refuse");
        try (Program reflector = site.startReflector()) {
            site.lab().flush();
            site.monitor().next();
            site.lab().awaitEmptyQueue();
            assertThat(reflector.isAlive()).isTrue();
        }
        assertThat(site.monitor().waiting()).isZero();
    }

    @Test
    void sigterm_while_the_next_hop_hangs_loses_nothing_either() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            site.configure(silent.getLocalPort(), "refuse");
            try (Program reflector = site.startReflector()) {
                site.send(SignedProbe.fresh());
                try (Socket waiting = silent.accept()) {
                    assertThat(waiting.isConnected()).isTrue();
                    reflector.terminate();
                    assertThat(reflector.status()).as(reflector.toString()).isZero();
                    site.lab().awaitLog("status=deferred");
                }
            }
        }
        assertThat(site.lab().queue()).singleElement().asString().contains(SignedProbe.TARGET);
    }
}
