package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.lab.EximLab;
import org.mailsonar.lab.NeedsExim;
import org.mailsonar.lab.Poll;
import org.mailsonar.lab.SmtpClient;
import org.mailsonar.lab.SmtpSink;
import org.mailsonar.message.EmailAddress;

/** A real Exim as the client: by LMTP and SMTP, in clear and within TLS (by GnuTLS). */
@NeedsExim
@Timeout(120)
class EximClientIT {

    private static final EmailAddress PROBE = EmailAddress.parse("probe@company.test");
    private static final EmailAddress EXTENDED = EmailAddress.parse("probe+x@company.test");
    private static final String MESSAGE = "Subject: hello\n\nhello\n";

    @SuppressWarnings("NullAway.Init")
    private static TlsSite site;

    @BeforeAll
    static void issue(@TempDir Path directory) throws Exception {
        site = TlsSite.in(directory);
    }

    @Test
    void by_lmtp_two_recipients_of_one_mail_get_a_reply_each() throws Exception {
        try (var listener = site.listen(ListenerProtocol.LMTP);
                var exim = EximLab.inNewDirectory()
                        .route("company.test", "lmtp", listener.port())
                        .start()) {
            send(exim, "probe@company.test", "probe+x@company.test");

            ReceivedMail mail = received();
            assertThat(mail.envelope().recipients()).containsExactlyInAnyOrder(PROBE, EXTENDED);
            assertThat(trace(mail)).contains(" with LMTP;");
            exim.awaitLog(" Completed");
            assertThat(exim.log().lines().filter(line -> line.contains("T=lmtp")))
                    .hasSize(2)
                    .allMatch(line -> line.contains("C=\"250 2.0.0 thanks\""));
            assertThat(site.received()).isEmpty();
        }
    }

    @Test
    void by_lmtp_an_unknown_recipient_bounces_alone() throws Exception {
        try (var listener = site.listen(ListenerProtocol.LMTP);
                var monitor = SmtpSink.open();
                var exim = EximLab.inNewDirectory()
                        .route("company.test", "lmtp", listener.port())
                        .route("monitor.test", "smtp", monitor.port())
                        .start()) {
            send(exim, "nobody@company.test", "probe@company.test");

            assertThat(received().envelope().recipients()).containsExactly(PROBE);
            SmtpSink.Delivery bounce = monitor.next();
            assertThat(bounce.sender()).isEmpty();
            assertThat(bounce.recipients()).containsExactly("probe@monitor.test");
            assertThat(bounce.text())
                    .contains("Final-Recipient: rfc822;nobody@company.test", "550 5.1.1")
                    .doesNotContain("rfc822;probe@company.test");
            assertThat(exim.awaitLog("=> probe@company.test")).contains("C=\"250 2.0.0 thanks\"");
            exim.awaitEmptyQueue();
            assertThat(monitor.waiting()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"lmtp, LMTP, LMTPS", "smtp, SMTP, ESMTPS"})
    void over_starttls_exim_verifies_the_certificate_and_delivers(
            String transport, ListenerProtocol protocol, String trace) throws Exception {
        try (var listener = site.listen(protocol);
                var exim = EximLab.inNewDirectory()
                        .route("company.test", transport, listener.port())
                        .trusting(site.caFile())
                        .start()) {
            exim.submit("probe@monitor.test", "probe@company.test", MESSAGE);

            assertThat(trace(received())).contains(" with " + trace + ";");
            assertThat(exim.awaitLog("=> probe@company.test")).contains("X=TLS1.3", "CV=yes");
        }
    }

    private static void send(EximLab exim, String... recipients) throws Exception {
        try (SmtpClient client = SmtpClient.connect(exim.port())) {
            client.command("MAIL FROM:<probe@monitor.test>");
            for (String recipient : recipients) {
                assertThat(client.command("RCPT TO:<" + recipient + ">")).startsWith("250");
            }
            client.command("DATA");
            assertThat(client.command(MESSAGE.replace("\n", "\r\n") + ".")).startsWith("250");
        }
    }

    private static ReceivedMail received() throws InterruptedException {
        ReceivedMail mail = site.received().poll(Poll.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return Objects.requireNonNull(mail, "nothing has arrived");
    }

    private static String trace(ReceivedMail mail) {
        return mail.message().first("Received").orElseThrow().value();
    }
}
