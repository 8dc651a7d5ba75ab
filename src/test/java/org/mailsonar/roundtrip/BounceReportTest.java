package org.mailsonar.roundtrip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.Golden;
import org.mailsonar.message.MailMessage;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.roundtrip.BounceReport.Action;

/** What reports of many systems tell, and which probe they are about where the envelope does not. */
class BounceReportTest {

    private static final String PROBE = new String(TestProbes.probe(), ISO_8859_1).replace("\r\n", "\n");
    private static final String PROBE_HEADER = PROBE.substring(0, PROBE.indexOf("\n\n") + 1);

    private static final String EXCHANGE = report("""
            Reporting-MTA: dns;DB7PR01MB1234.eurprd01.prod.exchangelabs.test
            Received-From-MTA: dns;mail.monitor.test
            Arrival-Date: Sat, 21 Nov 2026 01:02:03 +0000

            Final-Recipient: rfc822;webscout@company.test
            Action: failed
            Status: 5.1.10
            Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient webscout@company.test not found by SMTP address lookup
            X-Display-Name: webscout@company.test
            """, "message/rfc822", PROBE);

    private static final String GMAIL = report("""
            Reporting-MTA: dns; googlemail.com
            Arrival-Date: Fri, 20 Nov 2026 17:02:03 -0800 (PST)
            X-Original-Message-ID: <01KAJ2V0N2Q4Q4X8YB7D6S5T3R@monitor.test>

            Final-Recipient: rfc822; webscout@company.test
            Action: failed
            Status: 5.7.1
            Remote-MTA: dns; mx1.company.test. (192.0.2.9, the server for the domain company.test.)
            Diagnostic-Code: smtp; 550 5.7.1 blocked
            Last-Attempt-Date: Fri, 20 Nov 2026 17:02:04 -0800 (PST)
            """, "message/rfc822", PROBE);

    private static final String SENDMAIL = report("""
            Reporting-MTA: dns; relay.monitor.test
            Received-From-MTA: DNS; mail.monitor.test
            Arrival-Date: Sat, 21 Nov 2026 01:02:03 GMT

            Final-Recipient: RFC822; webscout@company.test
            Action: failed
            Status: 5.1.1
            Remote-MTA: DNS; mx1.company.test
            Diagnostic-Code: SMTP; 550 5.1.1 <webscout@company.test>... User unknown
            Last-Attempt-Date: Sat, 21 Nov 2026 01:02:04 GMT
            """, "text/rfc822-headers", PROBE_HEADER);

    private static final String DELAYED = report("""
            Reporting-MTA: dns; mail.monitor.test
            Original-Envelope-Id: 01KAJ2V0N2Q4Q4X8YB7D6S5T3R+40monitor.test
            X-Postfix-Queue-ID: 4cXyZ

            Final-Recipient: rfc822; webscout@company.test
            Action: delayed
            Status: 4.2.0
            Remote-MTA: dns; mx1.company.test
            Diagnostic-Code: smtp; 450 4.2.0 <webscout@company.test>: Recipient address rejected: Greylisted, see
                http://postgrey.test/
            Will-Retry-Until: Thu, 26 Nov 2026 01:02:03 +0000 (UTC)
            """, "text/rfc822-headers", "Subject: none of ours\n");

    private static final String QMAIL = """
            From: MAILER-DAEMON@mail.monitor.test
            Subject: failure notice

            Hi. This is the qmail-send program at mail.monitor.test.
            I'm afraid I wasn't able to deliver your message to the following addresses.
            This is a permanent error; I've given up. Sorry it didn't work out.

            <webscout@company.test>:
            192.0.2.9 does not like recipient.
            Remote host said: 550 5.1.1 User unknown
            Giving up on 192.0.2.9.

            --- Below this line is a copy of the message.

            Return-Path: <probe@monitor.test>
            Received: (qmail 12345 invoked by uid 89); 21 Nov 2026 01:02:03 -0000
            """ + PROBE;

    @Test
    void exchange_tells_status_and_cause() {
        assertThat(read(EXCHANGE))
                .isEqualTo(new BounceReport(
                        Action.FAILED,
                        "webscout@company.test",
                        "5.1.10",
                        "DB7PR01MB1234.eurprd01.prod.exchangelabs.test",
                        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient webscout@company.test not found by SMTP"
                                + " address lookup"));
    }

    @Test
    void gmail_tells_which_host_refused() {
        BounceReport report = read(GMAIL);
        assertThat(report.isFailure()).isTrue();
        assertThat(report.cause())
                .isEqualTo("mx1.company.test. (192.0.2.9, the server for the domain company.test.): 550 5.7.1 blocked");
    }

    @Test
    void sendmail_tells_which_host_refused() {
        assertThat(read(SENDMAIL))
                .isEqualTo(new BounceReport(
                        Action.FAILED,
                        "webscout@company.test",
                        "5.1.1",
                        "mx1.company.test",
                        "550 5.1.1 <webscout@company.test>... User unknown"));
    }

    @Test
    void qmail_tells_in_words() {
        assertThat(read(QMAIL))
                .isEqualTo(new BounceReport(
                        Action.FAILED,
                        "webscout@company.test",
                        "5.1.1",
                        "mail.monitor.test",
                        "192.0.2.9 does not like recipient. Remote host said: 550 5.1.1 User unknown Giving up on"
                                + " 192.0.2.9."));
        assertThat(read(QMAIL.replace("\n", "\r\n"))).isEqualTo(read(QMAIL));
    }

    @Test
    void a_delay_is_a_refusal_for_now_with_its_cause() {
        BounceReport report = read(DELAYED);
        assertThat(report.isDelay()).isTrue();
        assertThat(report.isFailure()).isFalse();
        assertThat(report.status()).isEqualTo("4.2.0");
        assertThat(report.cause())
                .isEqualTo(
                        "mx1.company.test: 450 4.2.0 <webscout@company.test>: Recipient address rejected: Greylisted, see"
                                + " http://postgrey.test/");
    }

    @ParameterizedTest
    @CsvSource({
        "failed,FAILED",
        "Delayed,DELAYED",
        "delivered,DELIVERED",
        "relayed,RELAYED",
        "expanded,EXPANDED",
        "queer,RELAYED"
    })
    void each_action_is_told(String word, Action action) {
        assertThat(read(SENDMAIL.replace("Action: failed", "Action: " + word)).action())
                .isEqualTo(action);
    }

    @Test
    void of_several_recipients_the_one_that_failed_is_told() {
        String two = SENDMAIL.replace("Final-Recipient: RFC822; webscout@", """
                Final-Recipient: rfc822; first@company.test
                Action: relayed
                Status: 2.0.0
                Remote-MTA: dns; other.company.test

                Final-Recipient: RFC822; webscout@""");
        assertThat(read(two)).isEqualTo(read(SENDMAIL));
    }

    @Test
    void an_automatic_reply_is_no_failure_and_finds_no_probe() {
        String reply = "Subject: Out of office: Mailsonar probe " + TestProbes.ID
                + "\nAuto-Submitted: auto-replied (vacation)\n\nI am away.\n";
        assertThat(read(reply).action()).isEqualTo(Action.REPLIED);
        assertThat(read(reply).isFailure()).isFalse();
        assertThat(find(reply)).isEmpty();
    }

    @Test
    void a_bounce_of_no_form_is_a_failure_with_its_subject_for_a_cause() {
        assertThat(read("Subject: it did not work\n\nsorry\n"))
                .isEqualTo(new BounceReport(Action.UNTOLD, "", "", "", "it did not work"));
    }

    @Test
    void the_envelope_id_finds_the_probe_whatever_is_quoted() {
        assertThat(find(DELAYED)).contains(TestProbes.ID);
        assertThat(find(DELAYED.replace("+40monitor.test", ""))).contains(TestProbes.ID);
        assertThat(find(DELAYED.replace("Original-Envelope-Id", "X-Other"))).isEmpty();
        assertThat(find(DELAYED.replace("5T3R+40", "5T3"))).isEmpty();
    }

    @Test
    void the_quoted_token_finds_the_probe() {
        assertThat(find(EXCHANGE)).contains(TestProbes.ID);
        assertThat(find(without(EXCHANGE, "Subject", "Message-ID"))).contains(TestProbes.ID);
        assertThat(find(without(SENDMAIL, "Subject", "Message-ID"))).contains(TestProbes.ID);
        assertThat(find(without(QMAIL, "Message-ID"))).contains(TestProbes.ID);
    }

    @Test
    void a_token_of_long_ago_finds_its_probe_too() {
        Instant later = TestProbes.SENT.plusSeconds(864_000);
        Optional<ProbeId> found =
                BounceReport.probe(message(without(SENDMAIL, "Subject", "Message-ID")), TestProbes.verifier(), later);
        assertThat(found).contains(TestProbes.ID);
    }

    @Test
    void without_the_token_the_quoted_subject_or_message_id_finds_the_probe() {
        String stripped = SENDMAIL.replace("Mailsonar-Probe:", "X-Stripped:");
        assertThat(find(stripped)).contains(TestProbes.ID);
        assertThat(find(stripped.replace("Subject: Mailsonar", "Subject: [EXTERNAL] Mailsonar")))
                .contains(TestProbes.ID);
        assertThat(find(without(stripped, "Subject"))).contains(TestProbes.ID);
        assertThat(find(without(stripped, "Message-ID"))).contains(TestProbes.ID);
        assertThat(find(without(stripped, "Subject", "Message-ID"))).isEmpty();
        assertThat(find(stripped.replace("5T3R", "5T3RX"))).isEmpty();
    }

    @Test
    void a_probe_that_is_quoted_in_base64_is_found() {
        String encoded = Base64.getMimeEncoder().encodeToString(PROBE_HEADER.getBytes(ISO_8859_1));
        String bounce = report("Action: failed\n", "text/rfc822-headers\nContent-Transfer-Encoding: base64", encoded);
        assertThat(find(bounce)).contains(TestProbes.ID);
    }

    @Test
    void a_return_is_no_bounce_of_the_probe_that_it_quotes() {
        String golden = new String(Golden.bytes("return.eml"), ISO_8859_1);
        assertThat(find(golden)).isEmpty();
        assertThat(find(golden.replace("Mailsonar-Return", "X-Stripped"))).isEmpty();
    }

    @Test
    void a_bounce_of_a_return_is_none_of_a_probe() {
        assertThat(find(report(
                        "Action: failed\n", "message/rfc822", new String(Golden.bytes("return.eml"), ISO_8859_1))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Content-Type: multipart/report\n\n", "Content-Type: multipart/report; boundary=b\n\n--b\n"})
    void a_bounce_without_anything_finds_no_probe(String message) {
        assertThat(find(message)).isEmpty();
    }

    private static String report(String status, String quotedType, String quoted) {
        return """
                From: MAILER-DAEMON@mail.monitor.test
                Subject: Undelivered
                Auto-Submitted: auto-replied
                Content-Type: multipart/report; report-type=delivery-status; boundary="b"

                --b
                Content-Type: text/plain

                It did not work.

                --b
                Content-Type: message/delivery-status

                """ + status + "\n--b\nContent-Type: " + quotedType + "\n\n" + quoted + "\n--b--\n";
    }

    /** Without these fields of the quoted header. */
    private static String without(String bounce, String... fields) {
        String text = bounce;
        for (String field : fields) {
            text = text.replaceAll(Pattern.quote(field) + ": [^\n]*" + TestProbes.ID + "[^\n]*\n", "");
        }
        return text;
    }

    private static BounceReport read(String message) {
        return BounceReport.read(message(message));
    }

    private static Optional<ProbeId> find(String message) {
        return BounceReport.probe(message(message), TestProbes.verifier(), TestProbes.ARRIVAL);
    }

    private static MailMessage message(String text) {
        return MailMessage.of(text.getBytes(ISO_8859_1));
    }
}
