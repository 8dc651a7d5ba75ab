package org.mailsonar.intake.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.lab.NeedsPostfix;
import org.mailsonar.lab.PostfixLab;
import org.mailsonar.lab.PostfixLabBuilder;
import org.mailsonar.message.EmailAddress;

/** A real Postfix as the client: by lmtp(8) and smtp(8), in clear and within TLS. */
@NeedsPostfix
@Timeout(120)
class PostfixClientIT {

    private static final EmailAddress PROBE = EmailAddress.parse("probe@company.test");
    private static final EmailAddress EXTENDED = EmailAddress.parse("probe+x@company.test");

    @SuppressWarnings("NullAway.Init")
    private static TlsSite site;

    @SuppressWarnings("NullAway.Init")
    private static Path authority;

    @BeforeAll
    static void issue(@TempDir Path directory) throws Exception {
        site = TlsSite.in(directory);
        authority = site.caFile();
    }

    @Test
    void by_lmtp_two_recipients_of_one_mail_get_a_reply_each() throws Exception {
        try (var listener = site.listen(ListenerProtocol.LMTP);
                var lab = lab(listener, "lmtp").start()) {
            send(lab, "probe@company.test probe+x@company.test");

            ReceivedMail mail = site.received().take();
            assertThat(mail.envelope().recipients()).containsExactlyInAnyOrder(PROBE, EXTENDED);
            assertThat(mail.message().first("Received").orElseThrow().value()).contains(" with LMTP;");
            assertThat(delivered(lab))
                    .hasSize(2)
                    .allMatch(line -> line.contains("postfix/lmtp[") && line.contains("(250 2.0.0 thanks)"));
            assertThat(site.received()).isEmpty();
        }
    }

    @Test
    void by_lmtp_an_unknown_recipient_bounces_alone() throws Exception {
        try (var listener = site.listen(ListenerProtocol.LMTP);
                var lab = lab(listener, "lmtp").start()) {
            send(lab, "nobody@company.test probe@company.test");

            assertThat(site.received().take().envelope().recipients()).containsExactly(PROBE);
            lab.awaitLog("status=sent");
            assertThat(lab.awaitLog("status=bounced")).contains("to=<nobody@company.test>", "550 5.1.1");
        }
    }

    @ParameterizedTest
    @CsvSource({"lmtp, LMTP, LMTPS", "smtp, SMTP, ESMTPS"})
    void over_starttls_postfix_trusts_the_certificate_and_delivers(
            String service, ListenerProtocol protocol, String trace) throws Exception {
        try (var listener = site.listen(protocol);
                var lab = lab(listener, service)
                        .parameter(service + "_tls_security_level", "secure")
                        .parameter(service + "_tls_secure_cert_match", "localhost")
                        .parameter(service + "_tls_CAfile", authority.toString())
                        .parameter(service + "_tls_loglevel", "1")
                        .start()) {
            send(lab, "probe@company.test");

            assertThat(received()).contains(" with " + trace + ";");
            assertThat(lab.awaitLog("TLS connection established to")).contains("Verified", "TLSv1.3");
            lab.awaitEmptyQueue();
        }
    }

    @Test
    void by_smtps_postfix_delivers_too() throws Exception {
        try (var listener = site.listen(ListenerProtocol.SMTPS);
                var lab = lab(listener, "smtp")
                        .parameter("smtp_tls_security_level", "encrypt")
                        .parameter("smtp_tls_wrappermode", "yes")
                        .start()) {
            send(lab, "probe@company.test");

            assertThat(received()).contains(" with ESMTPS;");
            lab.awaitEmptyQueue();
        }
    }

    private static PostfixLabBuilder lab(SmtpListener listener, String service) {
        return PostfixLab.inNewDirectory()
                .domain("lab.test")
                .transport("company.test", service + ":[127.0.0.1]:" + listener.port());
    }

    private static void send(PostfixLab lab, String recipients) {
        String sendmail = "/usr/sbin/sendmail -i -f probe@monitor.test " + recipients;
        assertThat(lab.run("sh", "-c", "printf 'Subject: hello\\n\\nhello\\n' | " + sendmail)
                        .status())
                .isZero();
    }

    private static List<String> delivered(PostfixLab lab) throws Exception {
        lab.awaitEmptyQueue();
        return lab.log().lines().filter(line -> line.contains("status=sent")).toList();
    }

    private static String received() throws InterruptedException {
        return new String(site.received().take().message().bytes(), StandardCharsets.ISO_8859_1);
    }
}
