package org.mailsonar.reflect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.fuzz.PlantedProbe;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MimeParts;
import org.mailsonar.probe.ReturnMark;
import org.mailsonar.probe.TestProbes;
import org.mailsonar.probe.Verification;
import org.mailsonar.relay.OutgoingMail;

/** What holds for every return, whatever the probe looked like. */
final class ReturnProperties {

    private static final List<String> FIELDS = List.of(
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "In-Reply-To",
            "References",
            "Auto-Submitted",
            "Mailsonar-Return",
            "Mailsonar-Probe",
            "MIME-Version",
            "Content-Type");
    private static final int LONGEST_LINE = 998;
    private static final int LONGEST_HEADER = 64 * 1024;

    private ReturnProperties() {}

    static void check(OutgoingMail sent, ReceivedMail mail) {
        Claim.same(List.of(TestProbes.RETURN), sent.envelope().recipients(), "a return goes to its address alone");
        Claim.same("", sent.envelope().senderOrEmpty(), "a return has no return path");
        checkLines(new String(sent.content(), ISO_8859_1));
        MailMessage message = MailMessage.of(sent.content());
        checkHeader(message);
        checkParts(message, mail);
        Claim.that(
                TestProbes.find(sent.content()) instanceof Verification.Valid valid
                        && valid.signed().equals(PlantedProbe.TOKEN),
                "a return carries the token");
        Claim.that(LoopGuard.objection(message).isPresent(), "a return is never answered");
        RecordingRelay relay = new RecordingRelay();
        Reflection again =
                new Reflector(Site.settings(), relay).reflect(Site.mail(new String(sent.content(), ISO_8859_1)));
        Claim.that(again instanceof Reflection.Loop && relay.sent().isEmpty(), "a return begins no loop", again);
    }

    private static void checkLines(String content) {
        Claim.that(content.endsWith("\r\n"), "the last line has an end");
        for (String line : content.split("\r\n", -1)) {
            Claim.that(line.length() <= LONGEST_LINE, "a line is short", line.length());
            Claim.that(line.indexOf('\r') < 0 && line.indexOf('\n') < 0, "lines end with CRLF", line);
            Claim.that(line.indexOf('\0') < 0, "there is no NUL", line);
        }
    }

    private static void checkHeader(MailMessage message) {
        List<String> names = message.headers().stream().map(Header::name).toList();
        List<String> without = new ArrayList<>(FIELDS);
        without.removeAll(List.of("In-Reply-To", "References"));
        Claim.that(names.equals(FIELDS) || names.equals(without), "exactly our fields, one each", names);
        String subject = value(message, "Subject");
        Claim.that(subject.endsWith("[received 2026-11-21T01:02:07.777Z]"), "the subject is stamped", subject);
        Claim.same("<webscout@company.test>", value(message, "From"), "it is from the reflector");
        Claim.same("<return@monitor.test>", value(message, "To"), "it is to the monitor");
        Claim.same("auto-replied", value(message, "Auto-Submitted"), "it says that no person wrote it");
        ReturnMark mark = ReturnMark.read(message).orElseThrow();
        Claim.same(TestProbes.ID, mark.id(), "the mark names the probe");
        Claim.same(TestProbes.ARRIVAL.truncatedTo(ChronoUnit.MILLIS), mark.received(), "the mark has the time");
    }

    private static void checkParts(MailMessage message, ReceivedMail mail) {
        List<MailMessage> entities = MimeParts.of(message);
        Claim.same(3, entities.size(), "two parts in one message");
        Claim.that(
                MimeParts.text(entities.get(1))
                        .startsWith("Probe " + TestProbes.ID + " arrived at mx1.company.test on"),
                "a part for people");
        MailMessage evidence = entities.getLast();
        Claim.same("text/rfc822-headers", value(evidence, "Content-Type"), "a part with the header as it came");
        String arrived = new String(mail.message().headerBytes(), ISO_8859_1).replaceAll("(?<!\r)\n", "\r\n");
        String text = MimeParts.text(evidence);
        String given = text.substring(0, text.length() - 2);
        if (mail.message().headerBytes().length <= LONGEST_HEADER) {
            Claim.same(arrived, given, "the evidence is the header as it came");
        } else {
            Claim.that(arrived.startsWith(given), "the evidence is the beginning of the header");
        }
        checkEvidenceEncoding(evidence);
    }

    private static void checkEvidenceEncoding(MailMessage evidence) {
        String encoding = value(evidence, "Content-Transfer-Encoding");
        boolean plain = true;
        for (byte b : evidence.body()) {
            plain &= b > 0;
        }
        Claim.that(plain, "the evidence is ASCII on the wire", encoding);
        Claim.that(encoding.equals("7bit") || encoding.equals("quoted-printable"), "a known encoding", encoding);
    }

    private static String value(MailMessage message, String name) {
        return message.first(name).map(Header::value).orElse("");
    }
}
