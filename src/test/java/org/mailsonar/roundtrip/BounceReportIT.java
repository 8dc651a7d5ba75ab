package org.mailsonar.roundtrip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailsonar.lab.EximLab;
import org.mailsonar.lab.NeedsExim;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.message.MailMessage;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.testing.ScriptedServer;
import org.mailsonar.testing.SmtpScript;

/** Bounces of real servers, to an address that no longer tells the probe. */
@NeedsPostfix
@NeedsExim
class BounceReportIT {

    private static final String PROBE = new String(TestProbes.probe(), ISO_8859_1).replace("\r\n", "\n");
    private static final String SENDER = "probe@monitor.test";

    private SmtpSink monitor;

    @BeforeEach
    void open() {
        monitor = SmtpSink.open();
    }

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void postfix_gives_back_what_another_host_refuses() throws IOException {
        try (ScriptedServer host = refusing("550 5.1.1 no such user");
                PostfixLab lab = PostfixLab.inNewDirectory()
                        .route("monitor.test", monitor.port())
                        .route("elsewhere.test", host.port())
                        .start()) {
            lab.submit(SENDER, "webscout@elsewhere.test", PROBE);
            assertFailed("127.0.0.1: 550 5.1.1 no such user");
        }
    }

    @Test
    void postfix_tells_of_a_delay() throws IOException {
        try (ScriptedServer host = refusing("450 4.2.0 greylisted, try again later");
                PostfixLab lab = PostfixLab.inNewDirectory()
                        .route("monitor.test", monitor.port())
                        .route("elsewhere.test", host.port())
                        .parameter("delay_warning_time", "1s")
                        .start()) {
            lab.submit(SENDER, "webscout@elsewhere.test", PROBE);
            MailMessage message = nextBounce();
            BounceReport report = BounceReport.read(message);
            assertThat(report.isDelay()).isTrue();
            assertThat(report.status()).isEqualTo("4.2.0");
            assertThat(report.cause()).endsWith("450 4.2.0 greylisted, try again later");
            assertThat(BounceReport.probe(message, TestProbes.verifier(), TestProbes.ARRIVAL))
                    .contains(TestProbes.ID);
        }
    }

    @Test
    void exim_gives_back_what_another_host_refuses() throws IOException {
        try (ScriptedServer host = refusing("550 5.1.1 no such user");
                EximLab lab = EximLab.inNewDirectory()
                        .route("monitor.test", "smtp", monitor.port())
                        .route("elsewhere.test", "smtp", host.port())
                        .start()) {
            lab.submit(SENDER, "webscout@elsewhere.test", PROBE);
            assertFailed("127.0.0.1: 550 5.1.1 no such user");
        }
    }

    private static ScriptedServer refusing(String reply) {
        return ScriptedServer.start(SmtpScript.offering().answering("RCPT", reply));
    }

    private void assertFailed(String cause) {
        MailMessage message = nextBounce();
        BounceReport report = BounceReport.read(message);
        assertThat(report.action()).isEqualTo(BounceReport.Action.FAILED);
        assertThat(report.recipient()).isEqualTo("webscout@elsewhere.test");
        assertThat(report.cause()).contains(cause);
        assertThat(BounceReport.probe(message, TestProbes.verifier(), TestProbes.ARRIVAL))
                .contains(TestProbes.ID);
    }

    private MailMessage nextBounce() {
        SmtpSink.Delivery delivery = monitor.next();
        assertThat(delivery.sender()).isEmpty();
        return MailMessage.of(delivery.text().getBytes(ISO_8859_1));
    }
}
