package org.mailsonar.intake.directory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.DeliveryHeader;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;

/**
 * The lines before a message that tell its envelope, as IIS and Exchange write them into their Drop directory and read them in
 * Pickup: {@code X-Sender: <a@b>} and an {@code X-Receiver: <c@d>} for each recipient, in any letter case, with or without angle
 * brackets, ended by LF or CRLF. What is no plain address counts as none, and recipients beyond 100 (RFC 5321 §4.5.3.1.8) are not
 * read.
 *
 * @param sender null for the empty return path
 * @param recipients those that are addresses
 * @param end where the message begins; 0 when there are no such lines
 */
record EnvelopeLines(@Nullable EmailAddress sender, List<EmailAddress> recipients, int end) {

    private static final String SENDER = "x-sender:";
    private static final String RECEIVER = "x-receiver:";
    private static final int MOST_RECIPIENTS = 100;
    private static final int LONGEST_LINE = 1000;

    static EnvelopeLines of(byte[] content) {
        EmailAddress sender = null;
        boolean senderTold = false;
        List<EmailAddress> recipients = new ArrayList<>();
        int position = 0;
        while (true) {
            String line = line(content, position);
            String lowerCase = line.toLowerCase(Locale.ROOT);
            if (lowerCase.startsWith(SENDER) && !senderTold) { // a second one is the message's own
                senderTold = true;
                sender = address(line.substring(SENDER.length()));
            } else if (lowerCase.startsWith(RECEIVER)) {
                EmailAddress recipient = address(line.substring(RECEIVER.length()));
                if (recipient != null && recipients.size() < MOST_RECIPIENTS) {
                    recipients.add(recipient);
                }
            } else {
                return new EnvelopeLines(sender, List.copyOf(recipients), position);
            }
            position += line.length();
        }
    }

    boolean areThere() {
        return end > 0;
    }

    Envelope envelope(EmailAddress otherwise) {
        return new Envelope(sender, recipients.isEmpty() ? List.of(otherwise) : recipients);
    }

    /** The line with its end, one character for each byte; empty where it has none, since it may not be whole. */
    private static String line(byte[] content, int start) {
        int limit = Math.min(content.length, start + LONGEST_LINE);
        for (int i = start; i < limit; i++) {
            if (content[i] == '\n') {
                return new String(content, start, i + 1 - start, StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    /** An address beyond ASCII is written in UTF-8 (RFC 6532 §3.1). */
    private static @Nullable EmailAddress address(String octets) {
        String text = new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return DeliveryHeader.address(text.strip()).orElse(null);
    }
}
