package org.mailsonar.intake.directory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.fuzz.FuzzInput;
import org.mailsonar.intake.DeliveryHeader;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.MailMessage;

/** Fuzz target: files of a watched directory. Whatever stands in one, it is a message and an envelope, and no line of one is taken for the other. */
public final class DropFuzz {

    private static final EmailAddress OWN = EmailAddress.parse("own@company.test");
    private static final int MOST_RECIPIENTS = 100;
    private static final Pattern EMPTY_LINE = Pattern.compile("\n\r*\n");

    private DropFuzz() {}

    /** One input: a letter chooses the property, the rest is a file or an address. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(3)) {
            case 0 -> envelopeLines(input.rest());
            case 1 -> writtenAndRead(input.text());
            default -> header(input.rest());
        }
    }

    private static void envelopeLines(byte[] content) {
        EnvelopeLines lines = EnvelopeLines.of(content);
        Claim.that(lines.end() >= 0 && lines.end() <= content.length, "the lines are of the file", lines.end());
        Claim.that(lines.recipients().size() <= MOST_RECIPIENTS, "recipients are bounded");
        String before = new String(content, 0, lines.end(), ISO_8859_1);
        for (String line : before.split("\n", -1)) {
            String lowerCase = line.toLowerCase(Locale.ROOT);
            boolean ours = lowerCase.startsWith("x-sender:") || lowerCase.startsWith("x-receiver:");
            Claim.that(ours || line.isEmpty(), "nothing but lines of the envelope is taken off", line);
        }
        Envelope envelope = lines.envelope(OWN);
        Claim.that(!envelope.recipients().isEmpty(), "there is somebody it is for");
    }

    /** What a pickup relay writes is read as it was meant. */
    private static void writtenAndRead(String text) {
        EmailAddress address = DeliveryHeader.address(text).orElse(OWN);
        String file = "X-Sender: <" + address + ">\r\nX-Receiver: <" + OWN + ">\r\nX-Receiver: <" + address
                + ">\r\n\r\nX-Receiver: <other@elsewhere.test>\r\n";
        EnvelopeLines lines = EnvelopeLines.of(file.getBytes(UTF_8));
        Claim.same(List.of(OWN, address), lines.recipients(), "recipients are read as they were written");
        Claim.same(address.toString(), String.valueOf(lines.sender()), "the sender is read as it was written");
    }

    private static void header(byte[] content) {
        boolean whole = EMPTY_LINE.matcher(new String(content, ISO_8859_1)).find();
        Claim.same(whole, HeaderEnd.isIn(content), "a header's end is an empty line");
        Envelope envelope = DeliveryHeader.envelope(MailMessage.of(content), OWN);
        Claim.same(1, envelope.recipients().size(), "a delivered message is for one");
    }
}
