package org.mailsonar.reflect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TestProbes;

/** Tries to make reflectors answer what they must not, so that mail goes round. */
class LoopTest {

    private static final EmailAddress ELSEWHERE = EmailAddress.parse("reflect@elsewhere.test");

    private final RecordingRelay relay = new RecordingRelay();
    private final Reflector reflector = new Reflector(Site.settings(), relay);

    @Test
    void a_return_is_never_returned() {
        assertLoop(reflector, Site.mail(returned()));
    }

    @Test
    void a_return_that_lost_either_of_its_marks_is_not_returned() {
        assertLoop(reflector, Site.mail(returned().replace("Mailsonar-Return:", "X-Removed:")));
        assertLoop(reflector, Site.mail(returned().replace("Auto-Submitted:", "X-Removed:")));
    }

    @Test
    void a_return_forwarded_as_an_attachment_is_not_returned() {
        assertLoop(reflector, Site.mail("Content-Type: message/rfc822\r\n\r\n" + returned()));
        assertLoop(
                reflector,
                Site.mail("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
                        + returned() + "\r\n--b--\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mailsonar-Return: 1",
                "mailsonar-return:",
                "Auto-Submitted: auto-replied",
                "AUTO-SUBMITTED: Auto-Replied (vacation)",
                "Auto-Submitted: auto-notified; owner-email=\"x@y.test\"",
                "Auto-Submitted: no\r\nAuto-Submitted: auto-replied",
                "Auto-Submitted: auto-replied; owner-email=\"x@y.test\"",
                "Auto-Submitted: auto-notified",
                "Auto-Submitted: auto-unheard-of",
                "Auto-Submitted:",
                "Precedence: auto_reply",
                "X-Autoreply: yes",
                "X-Autorespond: yes",
                "x-autoresponse:",
                "X-Auto-Reply: 1",
                "X-Mail-Autoreply: vacation",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
                "Content-Type: text/plain\r\nContent-Type: Multipart/Report"
            })
    void a_field_that_says_answer_me_not_is_obeyed(String field) {
        assertLoop(reflector, Site.mail(field + "\r\n" + Site.probe()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted: no", "Auto-Submitted: auto-generated; x=y", "Precedence: bulk"})
    void a_probe_that_says_it_is_automatic_is_answered(String field) {
        assertThat(reflector.handle(Site.mail(field + "\r\n" + Site.probe()))).isInstanceOf(Disposition.Accepted.class);
    }

    /** A vacation program that marks nothing, and quotes or encloses what it answers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: Re: Mailsonar probe",
                "Subject: RE: Mailsonar probe",
                "Subject: Auto: Mailsonar probe",
                "In-Reply-To: <x@monitor.test>\r\nSubject: I am on holiday"
            })
    void a_reply_without_a_return_path_is_not_answered_though_it_quotes_a_probe(String header) {
        String probe = Site.probe();
        String quoting = header + "\r\n\r\nI am on holiday.\r\n" + probe.substring(probe.indexOf("\r\n\r\n") + 4);
        assertLoop(reflector, Site.mail(quoting, null, TestProbes.TARGET));
        assertThat(reflector.handle(Site.mail(quoting)))
                .as("the token in it is good")
                .isInstanceOf(Disposition.Accepted.class);
    }

    @Test
    void a_probe_whose_return_path_was_emptied_on_its_way_is_answered() {
        assertThat(reflector.handle(Site.mail(Site.probe(), null, TestProbes.TARGET)))
                .isInstanceOf(Disposition.Accepted.class);
    }

    @Test
    void a_bounce_that_encloses_a_return_is_not_answered() {
        assertLoop(
                reflector,
                Site.mail(
                        "Subject: failure notice\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n--b\r\n"
                                + "Content-Type: message/rfc822\r\n\r\n" + returned() + "\r\n--b--\r\n",
                        null,
                        TestProbes.TARGET));
    }

    @Test
    void a_hundred_hops_are_allowed_and_not_one_more() {
        String hop = "Received: from a by b; Sat, 21 Nov 2026 01:02:03 +0000\r\n";

        assertLoop(reflector, Site.mail(hop.repeat(101) + Site.probe()));
        assertThat(reflector.handle(Site.mail(hop.repeat(100) + Site.probe())))
                .isInstanceOf(Disposition.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webscout@company.test",
                "WEBSCOUT@Company.Test",
                "webscout+x@company.test",
                "from@company.test",
                "from+x@company.test",
                "second@company.test",
                "second+x@company.test",
                "arrived@company.test",
                "arrived+x@company.test"
            })
    void a_return_that_would_come_here_again_is_not_sent(String returnTo) {
        ReflectorSettings site =
                Site.settings(List.of(TestProbes.TARGET, EmailAddress.parse("second@company.test")), "*@company.test");
        ReflectorSettings settings = new ReflectorSettings(
                EmailAddress.parse("from@company.test"),
                site.recipients(),
                site.trust(),
                null,
                site.clockSkew(),
                "mx",
                "1");
        ProbeToken statement = TestProbes.statement(TestProbes.TARGET, EmailAddress.parse(returnTo));
        ReceivedMail mail = Site.mail(
                new String(TestProbes.probe(statement), ISO_8859_1),
                Site.BOUNCES,
                EmailAddress.parse("other@company.test"),
                EmailAddress.parse("arrived+y@company.test"));

        assertLoop(new Reflector(settings, relay), mail);
    }

    @Test
    void two_reflectors_that_face_each_other_stop_at_the_first_message() {
        Reflector here = new Reflector(Site.settings(List.of(TestProbes.TARGET), "*@elsewhere.test"), relay);
        RecordingRelay relayThere = new RecordingRelay();
        Reflector there = new Reflector(
                Site.settings(List.of(ELSEWHERE, TestProbes.TARGET), "*@company.test", "*@elsewhere.test"), relayThere);
        ProbeToken statement = TestProbes.statement(TestProbes.TARGET, ELSEWHERE);
        here.handle(Site.mail(new String(TestProbes.probe(statement), ISO_8859_1)));
        String first = new String(relay.onlyContent(), ISO_8859_1);

        assertLoop(there, Site.mail(first, null, ELSEWHERE));
        String stripped = first.replace("Mailsonar-Return:", "X-A:").replace("Auto-Submitted:", "X-B:");
        assertLoop(there, Site.mail(stripped, null, ELSEWHERE));
        assertThat(relayThere.sent()).isEmpty();
    }

    private String returned() {
        RecordingRelay first = new RecordingRelay();
        new Reflector(Site.settings(), first).handle(Site.mail(Site.probe()));
        return new String(first.onlyContent(), ISO_8859_1);
    }

    private void assertLoop(Reflector answering, ReceivedMail mail) {
        int before = relay.sent().size();
        Reflection reflection = answering.reflect(mail);

        assertThat(reflection).isInstanceOf(Reflection.Loop.class);
        assertThat(reflection.disposition()).isInstanceOf(Disposition.Unwanted.class);
        assertThat(relay.sent()).hasSize(before);
    }
}
