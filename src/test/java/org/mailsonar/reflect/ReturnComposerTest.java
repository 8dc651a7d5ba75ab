package org.mailsonar.reflect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailsonar.Golden;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MimeParts;
import org.mailsonar.probe.ReturnMark;
import org.mailsonar.probe.ReturnSignature;
import org.mailsonar.probe.ReturnSigner;
import org.mailsonar.probe.TestKeys;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.probe.Verification;

class ReturnComposerTest {

    private static final String STAMP = " [received 2026-11-21T01:02:07.777Z]";

    @Test
    void one_probe_and_one_instant_make_one_return() {
        assertThat(compose(new String(Golden.bytes("probe.eml"), ISO_8859_1)))
                .isEqualTo(new String(Golden.bytes("return.eml"), ISO_8859_1));
    }

    @Test
    void a_return_is_marked_so_that_nothing_answers_it() {
        MailMessage answer = parse(compose(Site.probe()));

        assertThat(values(answer, "Auto-Submitted")).containsExactly("auto-replied");
        assertThat(values(answer, "To")).containsExactly("<return@monitor.test>");
        assertThat(values(answer, "From")).singleElement().asString().contains("<webscout@company.test>");
        assertThat(values(answer, "In-Reply-To")).containsExactly("<" + TestProbes.ID + "@monitor.test>");
        assertThat(values(answer, "References")).containsExactly("<" + TestProbes.ID + "@monitor.test>");
        assertThat(values(answer, "Message-ID")).singleElement().asString().matches("<[0-9a-f]{32}@company\\.test>");
        assertThat(answer.first("Cc")).isEmpty();
        assertThat(answer.first("Bcc")).isEmpty();
        assertThat(ReturnMark.read(answer))
                .contains(new ReturnMark(TestProbes.ID, TestProbes.ARRIVAL, "mx1.company.test", "0.1"));
    }

    @Test
    void a_return_is_signed_by_a_reflector_that_has_a_key_and_by_no_other() {
        ReflectorSettings plain = Site.settings();
        ReturnSigner signer = new ReturnSigner(TestKeys.pair("reflector").getPrivate());
        ReflectorSettings signing = new ReflectorSettings(
                plain.address(),
                plain.recipients(),
                plain.trust(),
                null,
                plain.clockSkew(),
                "mx1.company.test; x=y",
                plain.version(),
                signer);
        MailMessage signed = MailMessage.of(
                new ReturnComposer(signing).compose(Site.mail(Site.probe()), TestProbes.statement(), "t.s"));

        assertThat(ReturnSignature.check(signed, TestProbes.ID, TestKeys.trusted("reflector")))
                .isEqualTo(ReturnSignature.Check.VALID);
        assertThat(ReturnSignature.check(parse(compose(Site.probe())), TestProbes.ID, TestKeys.trusted("reflector")))
                .isEqualTo(ReturnSignature.Check.MISSING);
        assertThat(signing.toString()).doesNotContain("PrivateKey", "algorithm");
    }

    @Test
    void a_return_carries_the_token_unchanged() {
        assertThat(TestProbes.find(compose(Site.probe()).getBytes(ISO_8859_1)))
                .isEqualTo(new Verification.Valid(TestProbes.statement(), TestProbes.token()));
    }

    @Test
    void two_returns_of_one_probe_have_different_message_ids() {
        ReturnComposer composer = new ReturnComposer(Site.settings());
        MailMessage one = MailMessage.of(composer.compose(Site.mail(Site.probe()), TestProbes.statement(), "t.s"));
        MailMessage two = MailMessage.of(composer.compose(Site.mail(Site.probe()), TestProbes.statement(), "t.s"));

        assertThat(values(one, "Message-ID")).isNotEqualTo(values(two, "Message-ID"));
    }

    @Test
    void the_subject_is_kept_and_stamped() {
        assertThat(subject("Subject: [EXT] Mailsonar probe\r\n")).isEqualTo("[EXT] Mailsonar probe" + STAMP);
        assertThat(subject("Subject: a\r\n b\r\n\tc\r\n")).isEqualTo("a b c" + STAMP);
        assertThat(subject("Subject: =?utf-8?q?a=0D=0ABcc:_x?=\r\n")).isEqualTo("=?utf-8?q?a=0D=0ABcc:_x?=" + STAMP);
        assertThat(subject("")).isEqualTo(STAMP.strip());
        assertThat(subject("Subject:\r\n")).isEqualTo(STAMP.strip());
        assertThat(subject("Subject: first\r\nSubject: second\r\n")).isEqualTo("first" + STAMP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\rBcc: v@x.test",
                "x\r\r\n Bcc: v@x.test",
                "x\r\n\rBcc: v@x.test",
                "x\u0000\u000b\u000c\u007fBcc: v@x.test",
                "x\r\n \r\n Bcc: v@x.test",
                "x\n Bcc: v@x.test",
                "x\u0085\u2028Bcc: v@x.test"
            })
    void a_subject_can_add_no_field(String subject) {
        String answer = compose("Subject: " + subject + "\r\n" + withoutSubject());

        assertThat(parse(answer).first("Bcc")).isEmpty();
        assertThat(values(parse(answer), "Subject")).singleElement().asString().endsWith(STAMP);
        assertWellFormed(answer);
    }

    @Test
    void a_long_subject_is_cut_in_front_of_the_stamp_and_never_within_a_character() {
        assertThat(subject("Subject: " + "x".repeat(5000) + "\r\n"))
                .endsWith("xx" + STAMP)
                .hasSizeLessThan(980);
        for (int shift = 0; shift < 4; shift++) {
            String octets = new String("€".repeat(2000).getBytes(UTF_8), ISO_8859_1);
            String cut = subject("Subject: " + "x".repeat(shift) + octets + "\r\n");
            String decoded = new String(cut.getBytes(ISO_8859_1), UTF_8);

            assertThat(decoded).contains("€€").doesNotContain("\ufffd");
        }
    }

    @Test
    void the_stamp_comes_from_the_clock_and_from_no_header() {
        String past = " Thu, 1 Jan 1970 00:00:00 +0000\r\n";
        String dates = "Date:" + past + "Received: by x;" + past + "Resent-Date:" + past;
        MailMessage answer = parse(compose(dates + Site.probe()));

        assertThat(values(answer, "Subject")).singleElement().asString().endsWith(STAMP);
        assertThat(values(answer, "Date")).containsExactly("Sat, 21 Nov 2026 01:02:07 +0000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not an id",
                "<a b@c>",
                "<a@b>, <c@d>",
                "<ä@b>",
                "<a@b>\r\n <c@d>",
                "<a\u0000@b>",
                "<a@b",
                "a@b>",
                ""
            })
    void a_message_id_that_is_none_is_not_referred_to(String id) {
        MailMessage answer = parse(compose("Message-ID: " + id + "\r\n" + Site.probe()));

        assertThat(answer.first("In-Reply-To")).isEmpty();
        assertThat(answer.first("References")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: plain\r\n",
                "X: ä \u0000\u00ff\r\n",
                "X: bare\rreturn\r\n",
                "X: bare newline\n",
                "From probe@monitor.test\r\nX: mbox\r\n",
                "X: trailing blanks  \t\r\n",
                "X: =3D =\r\n"
            })
    void the_header_comes_back_as_it_arrived(String fields) {
        String probe = fields + Site.probe();
        String answer = compose(probe);
        String header = new String(parse(probe).headerBytes(), ISO_8859_1);

        assertWellFormed(answer);
        assertThat(evidence(answer)).isEqualTo(header.replaceAll("(?<!\r)\n", "\r\n") + "\r\n");
    }

    @Test
    void a_line_too_long_for_mail_comes_back_whole() {
        String answer = compose("X: " + "x".repeat(10_000) + "\r\n" + Site.probe());

        assertWellFormed(answer);
        assertThat(evidence(answer)).startsWith("X: " + "x".repeat(10_000) + "\r\n");
    }

    @Test
    void of_ten_thousand_fields_the_first_64_kib_come_back_whole_lines_alone() {
        String answer = compose("X-Field: 0123456789\r\n".repeat(10_000) + Site.probe());

        assertWellFormed(answer);
        assertThat(evidence(answer))
                .hasSizeBetween(64 * 1024 - 30, 64 * 1024 + 2)
                .endsWith("0123456789\r\n\r\n");
    }

    @Test
    void a_header_of_one_endless_line_comes_back_empty() {
        String answer = compose("X: " + "x".repeat(100_000) + "\r\n" + Site.probe());

        assertWellFormed(answer);
        assertThat(evidence(answer)).isBlank();
    }

    @Test
    void any_header_makes_a_well_formed_return() {
        Random random = new Random(20261121);
        for (int round = 0; round < 200; round++) {
            byte[] noise = new byte[random.nextInt(3000)];
            random.nextBytes(noise);
            assertWellFormed(compose("Subject: " + new String(noise, ISO_8859_1) + "\r\n" + Site.probe()));
            assertWellFormed(compose("X: " + new String(noise, ISO_8859_1)));
        }
    }

    private static String compose(String probe) {
        ReturnComposer composer = new ReturnComposer(Site.settings(), new Random(1));
        byte[] answer = composer.compose(Site.mail(probe), TestProbes.statement(), TestProbes.token());
        return new String(answer, ISO_8859_1);
    }

    private static String subject(String field) {
        String answer = compose(field + withoutSubject());
        assertWellFormed(answer);
        return values(parse(answer), "Subject").getFirst();
    }

    private static String withoutSubject() {
        return Site.probe().replaceFirst("Subject: .*\r\n", "");
    }

    private static String evidence(String answer) {
        List<MailMessage> parts = MimeParts.of(parse(answer));
        assertThat(parts).hasSize(3);
        assertThat(values(parts.getLast(), "Content-Type")).containsExactly("text/rfc822-headers");
        return MimeParts.text(parts.getLast());
    }

    private static void assertWellFormed(String answer) {
        assertThat(answer.replace("\r\n", "")).doesNotContain("\r", "\n", "\u0000");
        assertThat(answer).endsWith("\r\n");
        assertThat(answer.lines().mapToInt(String::length).max().orElse(0)).isLessThan(999);
        for (String once :
                List.of("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Mailsonar-Return")) {
            assertThat(values(parse(answer), once)).as(once).hasSize(1);
        }
    }

    private static List<String> values(MailMessage message, String name) {
        return message.all(name).map(Header::value).toList();
    }

    private static MailMessage parse(String message) {
        return MailMessage.of(message.getBytes(ISO_8859_1));
    }
}
