package org.mailsonar.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpSink;

/** {@code email_return} under a real Postfix when something is wrong: the mail bounces with the cause, or waits and is not lost. */
@NeedsPostfix
class PipeTroubleIT {

    private PipeSite site;
    private SmtpSink nextHop;

    @BeforeEach
    void start() throws IOException {
        nextHop = SmtpSink.open();
        site = PipeSite.start();
        site.configure(nextHop.port());
    }

    @AfterEach
    void stop() {
        site.close();
        nextHop.close();
    }

    @Test
    void a_return_refused_for_good_bounces_to_the_probes_own_sender_with_the_cause() throws IOException {
        nextHop.answerRecipients("550 5.7.1 returns are not welcome here");
        SignedProbe probe = site.send(SignedProbe.fresh());

        SmtpSink.Delivery bounce = site.monitor().next();
        assertThat(bounce.sender()).isEmpty();
        assertThat(bounce.recipients()).containsExactly(probe.sender());
        assertThat(bounce.text())
                .contains(
                        "multipart/report",
                        "Action: failed\r\n",
                        "Status: 5.0.0\r\n",
                        probe.id().text());
        assertThat(bounce.text().replaceAll("\r\n +", " "))
                .containsPattern("Diagnostic-Code: x-unix; probe " + probe.id() + " cannot be returned: its return to"
                        + " return@monitor\\.test is refused: 550 5\\.7\\.1 returns are not welcome here");
        assertThat(site.log()).contains("] failed from=<" + probe.sender());
        site.lab().awaitEmptyQueue();
    }

    @Test
    void whatever_the_next_hop_says_the_bounce_carries_it_as_text() throws IOException {
        nextHop.answerMessages("554 " + "4.0.0 2.0.0 %s $(id) \u00ff\u0007\t".repeat(30));
        site.send(SignedProbe.fresh());

        assertThat(site.monitor().next().text())
                .contains("Status: 5.0.0\r\n", "$(id)")
                .doesNotContain("\u0007");
    }

    @Test
    void an_authentic_probe_under_a_strangers_envelope_does_not_bounce() throws IOException {
        nextHop.answerMessages("550 5.7.1 not here");
        site.lab()
                .submit(
                        "victim@monitor.test.example",
                        SignedProbe.TARGET,
                        SignedProbe.fresh().text());
        site.awaitDelivered();

        assertThat(site.log()).contains("] discarded from=<victim@monitor.test.example>");
        assertThat(site.lab().log()).doesNotContain("status=bounced");
    }

    @Test
    void a_next_hop_that_is_down_keeps_the_probe_in_the_queue() throws IOException {
        int port = nextHop.port();
        nextHop.close();
        SignedProbe probe = site.send(SignedProbe.fresh());
        assertThat(site.lab().awaitLog("status=deferred")).contains("temporary failure");
        assertThat(site.lab().queue()).singleElement().asString().contains(SignedProbe.TARGET);

        nextHop = SmtpSink.open(port);
        site.lab().flush();
        assertThat(nextHop.next().text()).contains(probe.id().text());
        site.lab().awaitEmptyQueue();
        assertThat(site.log()).contains("] deferred from=<" + probe.sender(), "] accepted from=<" + probe.sender());
    }

    @Test
    void a_broken_configuration_loses_nothing() throws IOException {
        Path file = site.settings().resolve("reflector.yaml");
        String good = Files.readString(file);
        Files.writeString(file, good + "colour: blue\n");
        SignedProbe probe = site.send(SignedProbe.fresh());
        site.lab().awaitLog("status=deferred");

        Files.writeString(file, good);
        site.lab().flush();
        assertThat(nextHop.next().text()).contains(probe.id().text());
        site.lab().awaitEmptyQueue();
    }

    @Test
    void a_configuration_that_may_not_be_read_loses_nothing() throws IOException {
        site.lab().run("chmod", "000", site.settings().resolve("monitor.pub").toString());
        SignedProbe probe = site.send(SignedProbe.fresh());
        site.lab().awaitLog("status=deferred");

        site.lab().run("chmod", "644", site.settings().resolve("monitor.pub").toString());
        site.lab().flush();
        assertThat(nextHop.next().text()).contains(probe.id().text());
    }

    @Test
    void a_missing_java_loses_nothing() throws IOException {
        try (InstalledTree tree = InstalledTree.shared().copy()) {
            Path search = tree.root().resolve("scripts/lib/java.sh");
            Path javaHome = tree.root().resolve("lib/java-home");
            String good = Files.readString(javaHome);
            Files.writeString(javaHome, "/nowhere\n");
            Files.writeString(search, Files.readString(search) + "required_java=999\n");
            site.lab().forward(PipeSite.USER, "|\"" + tree.script("email_return") + "\"");
            SignedProbe probe = site.send(SignedProbe.fresh());
            site.lab().awaitLog("status=deferred");

            Files.writeString(javaHome, good);
            site.lab().flush();
            assertThat(nextHop.next().text()).contains(probe.id().text());
        }
    }

    @Test
    void a_log_that_cannot_be_written_keeps_no_probe_back() throws IOException {
        site.lab().run("chown", "-R", "root", site.settings().toString());
        SignedProbe probe = site.send(SignedProbe.fresh());

        assertThat(nextHop.next().text()).contains(probe.id().text());
        site.awaitDelivered();
    }

    @Test
    void a_java_that_is_killed_while_the_next_hop_hangs_loses_nothing() throws IOException {
        nextHop.close();
        try (ServerSocket silent = new ServerSocket(nextHop.port(), 5, InetAddress.getLoopbackAddress())) {
            site.send(SignedProbe.fresh());
            try (Socket waiting = silent.accept()) {
                assertThat(waiting.isConnected()).isTrue();
                site.awaitJava().destroyForcibly();
                site.lab().awaitLog("status=deferred");
            }
        }
        nextHop = SmtpSink.open(nextHop.port());
        site.lab().flush();
        nextHop.next();
        site.lab().awaitEmptyQueue();
        assertThat(nextHop.waiting()).isZero();
    }

    @Test
    void a_next_hop_that_dies_after_the_final_dot_gets_the_return_again() throws IOException {
        nextHop.answerMessages("421 4.3.0 falling over");
        SignedProbe probe = site.send(SignedProbe.fresh());
        site.lab().awaitLog("status=deferred");

        nextHop.answerMessages("250 2.0.0 back again");
        site.lab().flush();
        assertThat(nextHop.next().text()).contains(probe.id().text());
        Poll.until("the log", () -> site.lab().queue().isEmpty());
        assertThat(site.monitor().waiting()).isZero();
    }

    @Test
    void twenty_probes_at_a_time_all_come_back_once() throws IOException {
        for (int i = 0; i < 20; i++) {
            site.send(SignedProbe.fresh());
        }
        for (int i = 0; i < 20; i++) {
            nextHop.next();
        }
        site.lab().awaitEmptyQueue();
        assertThat(nextHop.waiting()).isZero();
        assertThat(site.log().lines())
                .hasSize(20)
                .allMatch(line -> line.contains("Z email_return[") && line.contains("] accepted "));
    }
}
