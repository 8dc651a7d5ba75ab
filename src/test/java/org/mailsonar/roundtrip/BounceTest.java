package org.mailsonar.roundtrip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.TestProbes;

/** Reports as mail systems write them (RFC 3464), and as nobody should. */
class BounceTest {

    private static final String POSTFIX = """
            From: MAILER-DAEMON@mx.monitor.test (Mail Delivery System)
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status;
            \tboundary="4cXyZ/mx.monitor.test"

            This is a MIME-encapsulated message.

            --4cXyZ/mx.monitor.test
            Content-Description: Notification
            Content-Type: text/plain; charset=us-ascii

            <webscout@company.test>: host mx1.company.test[192.0.2.1] said: 550 5.1.1
                <webscout@company.test>: Recipient address rejected (in reply to RCPT TO)

            --4cXyZ/mx.monitor.test
            Content-Description: Delivery report
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.monitor.test
            X-Postfix-Queue-ID: 4cXyZ
            X-Postfix-Sender: rfc822; probe@monitor.test
            Arrival-Date: Sat, 21 Nov 2026 01:02:03 +0000 (UTC)

            Final-Recipient: rfc822; webscout@company.test
            Original-Recipient: rfc822;webscout@company.test
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx1.company.test
            Diagnostic-Code: smtp; 550 5.1.1 <webscout@company.test>: Recipient address
                rejected: User unknown in local recipient table

            --4cXyZ/mx.monitor.test
            Content-Description: Undelivered Message Headers
            Content-Type: text/rfc822-headers

            Subject: Mailsonar probe

            --4cXyZ/mx.monitor.test--
            """;

    private static final String EXIM = """
            X-Failed-Recipients: webscout@company.test
            Auto-Submitted: auto-replied
            From: Mail Delivery System <Mailer-Daemon@mx.monitor.test>
            Content-Type: multipart/report; report-type=delivery-status; boundary=1763688123-eximdsn-42
            MIME-Version: 1.0
            Subject: Mail delivery failed: returning message to sender

            --1763688123-eximdsn-42
            Content-type: text/plain; charset=us-ascii

            This message was created automatically by mail delivery software.

            --1763688123-eximdsn-42
            Content-type: message/delivery-status

            Reporting-MTA: dns; mx.monitor.test

            Action: failed
            Final-Recipient: rfc822;webscout@company.test
            Status: 5.0.0

            --1763688123-eximdsn-42
            Content-type: message/rfc822

            Subject: Mailsonar probe

            --1763688123-eximdsn-42--
            """;

    private static final String QMAIL = """
            From: MAILER-DAEMON@mx.monitor.test
            Subject: failure notice

            Hi. This is the qmail-send program at mx.monitor.test.
            I'm afraid I wasn't able to deliver your message to the following addresses.
            """;

    @TempDir
    private Path directory;

    private RoundTripLab lab;
    private ProbeId id = TestProbes.ID;

    @BeforeEach
    void sendOne() {
        lab = new RoundTripLab(directory);
        id = lab.send();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_bounce_of_postfix_gives_host_status_and_diagnostic() {
        assertBounced(
                POSTFIX,
                "mx1.company.test: 550 5.1.1 <webscout@company.test>: Recipient address rejected: User unknown in local"
                        + " recipient table");
        assertThat(lab.ended).containsExactly(lab.probe(id));
    }

    @Test
    void line_ends_of_both_kinds_are_read() {
        assertBounced(
                POSTFIX.replace("\n", "\r\n"),
                "mx1.company.test: 550 5.1.1 <webscout@company.test>: Recipient address rejected: User unknown in local"
                        + " recipient table");
    }

    @Test
    void a_bounce_of_exim_that_has_no_diagnostic_gives_its_subject() {
        assertBounced(EXIM, "mx.monitor.test: 5.0.0 Mail delivery failed: returning message to sender");
    }

    @Test
    void a_bounce_without_a_delivery_status_gives_its_subject() {
        assertBounced(QMAIL, "failure notice");
    }

    @Test
    void a_bounce_without_anything_is_one_all_the_same() {
        assertBounced("", "no cause given");
    }

    @Test
    void a_bounce_finds_its_probe_in_small_letters_too() {
        String small = ("probe+" + id + "@monitor.test").toLowerCase(Locale.ROOT);
        assertThat(bounce(QMAIL, null, small).name()).isEqualTo("accepted");
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.Bounced.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delayed", "relayed", "delivered", "expanded", "Delayed"})
    void a_report_of_anything_but_failure_is_dropped(String action) {
        Disposition disposition = bounce(POSTFIX.replace("Action: failed", "Action: " + action));
        assertThat(disposition)
                .isEqualTo(new Disposition.Discarded(
                        "probe " + id + ": a report that is no failure, Undelivered Mail Returned to Sender"));
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.InFlight());
    }

    @Test
    void what_has_a_sender_is_no_bounce() {
        Disposition disposition = bounce(POSTFIX, TestProbes.TARGET, "probe+" + id + "@monitor.test");
        assertThat(disposition).isEqualTo(new Disposition.Unwanted("mail to a bounce address that is no bounce"));
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.InFlight());
        assertThat(lab.ledger.counters()).isEqualTo(Map.of(ReturnDesk.STRANGERS, 1L));
    }

    @Test
    void a_bounce_of_an_unknown_probe_is_refused_and_counted() {
        Disposition disposition = bounce(POSTFIX, null, "probe+" + TestProbes.ID + "@monitor.test");
        assertThat(disposition).isEqualTo(new Disposition.Unwanted("a bounce of a probe that is not in the ledger"));
        assertThat(lab.ledger.counters()).isEqualTo(Map.of(ReturnDesk.STRANGERS, 1L));
        assertThat(lab.ended).isEmpty();
    }

    @Test
    void a_bounce_behind_a_return_is_taken_and_changes_nothing() {
        lab.clock.pass(Duration.ofSeconds(1));
        lab.receive(lab.returnOfLast(id));
        assertThat(bounce(POSTFIX).name()).isEqualTo("accepted");
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.Returned.class);
        assertThat(lab.ended).hasSize(1);
    }

    @Test
    void a_return_behind_a_bounce_is_the_outcome() {
        bounce(POSTFIX);
        lab.clock.pass(Duration.ofSeconds(1));
        assertThat(lab.receive(lab.returnOfLast(id)).name()).isEqualTo("accepted");
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.Returned.class);
    }

    @Test
    void hostile_text_in_a_bounce_becomes_one_short_printable_line() {
        String hostile = POSTFIX.replace(
                "Diagnostic-Code: smtp; 550",
                "Diagnostic-Code: smtp; \u001b[31m\u009b2J\0\ttab    blanks " + "x".repeat(100_000));
        bounce(hostile);
        assertThat(((Outcome.Bounced) lab.outcome(id)).why())
                .hasSize(500)
                .startsWith("mx1.company.test: ?[31m?2J??tab blanks xxx")
                .matches("[ -~]*");
    }

    @Test
    void many_empty_groups_and_parts_are_read_in_no_time() {
        String hostile = POSTFIX.replace("Reporting-MTA", "\n \n\t\n".repeat(200_000) + "Reporting-MTA");
        bounce(hostile);
        assertThat(lab.outcome(id)).isInstanceOf(Outcome.Bounced.class);
        id = lab.send();
        assertBounced("Content-Type: multipart/report; boundary=b\n\n" + "--b\n\n".repeat(100_000), "no cause given");
    }

    private void assertBounced(String message, String cause) {
        assertThat(bounce(message)).isEqualTo(new Disposition.Accepted("probe " + id + " bounced: " + cause));
        assertThat(lab.outcome(id)).isEqualTo(new Outcome.Bounced(cause));
    }

    private Disposition bounce(String message) {
        return bounce(message, null, "probe+" + id + "@monitor.test");
    }

    private Disposition bounce(String message, @Nullable EmailAddress sender, String recipient) {
        return lab.desk().handle(lab.mail(message, sender, EmailAddress.parse(recipient)));
    }
}
