package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.lab.EximLab;
import org.mailsonar.lab.NeedsExim;
import org.mailsonar.lab.SmtpClient;

/** A real Exim as the client: by LMTP and SMTP, in clear and within TLS (by GnuTLS). */
@NeedsExim
@Timeout(120)
class EximClientIT {

    private static final String MESSAGE = "Subject: hello\n\nhello\n";

    @SuppressWarnings("NullAway.Init")
    private static TlsSite site;

    @BeforeAll
    static void issue(@TempDir Path directory) throws Exception {
        site = TlsSite.in(directory);
    }

    @Test
    void by_lmtp_two_recipients_of_one_mail_get_a_reply_each() throws Exception {
        try (var listener = site.listen(site.settings(ListenerProtocol.LMTP).speaking(ListenerProtocol.LMTP, null));
                var exim = EximLab.start("lmtp", listener.port(), Optional.empty());
                var client = SmtpClient.connect(exim.port())) {
            client.command("MAIL FROM:<probe@monitor.test>");
            client.command("RCPT TO:<probe@company.test>");
            client.command("RCPT TO:<probe+x@company.test>");
            client.command("RCPT TO:<nobody@company.test>");
            client.command("DATA");
            assertThat(client.command("Subject: hello\r\n\r\nhello\r\n.")).startsWith("250");

            ReceivedMail mail = site.received().take();
            assertThat(mail.envelope().recipients()).hasSize(2);
            assertThat(trace(mail)).contains(" with LMTP;");
            assertThat(exim.awaitLog("=> probe@company.test")).contains("C=\"250 2.0.0 thanks\"");
            assertThat(exim.awaitLog(" probe+x@company.test R=all")).contains("C=\"250 2.0.0 thanks\"");
            assertThat(exim.awaitLog("** nobody@company.test")).contains("550 5.1.1");
            assertThat(site.received()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"lmtp, LMTP, LMTPS", "smtp, SMTP, ESMTPS"})
    void over_starttls_exim_verifies_the_certificate_and_delivers(
            String transport, ListenerProtocol protocol, String trace) throws Exception {
        try (var listener = site.listen(protocol);
                var exim = EximLab.start(transport, listener.port(), Optional.of(site.caFile()))) {
            assertThat(SmtpClient.send(exim.port(), "probe@monitor.test", "probe@company.test", MESSAGE))
                    .startsWith("250");

            assertThat(trace(site.received().take())).contains(" with " + trace + ";");
            assertThat(exim.awaitLog("=> probe@company.test")).contains("X=TLS1.3", "CV=yes");
        }
    }

    private static String trace(ReceivedMail mail) {
        return mail.message().first("Received").orElseThrow().value();
    }
}
