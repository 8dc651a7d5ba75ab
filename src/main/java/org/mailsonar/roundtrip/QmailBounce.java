package org.mailsonar.roundtrip;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailsonar.message.MailMessage;
import org.mailsonar.message.MimeParts;

/**
 * A bounce as qmail writes it (QSBMF, the qmail-send bounce message format): paragraphs of plain text, one for each recipient.
 *
 * @param host which qmail reports
 * @param recipient whom the message was for
 * @param status the code of RFC 3463 in the text, or empty
 * @param text why
 */
record QmailBounce(String host, String recipient, String status, String text) {

    private static final String BEGIN = "Hi. This is ";
    private static final int LONGEST_REPORT = 16 * 1024;

    private static final Pattern HOST = Pattern.compile(" at ([A-Za-z0-9.-]{1,255}?)\\.?\\r?\\n");
    private static final Pattern RECIPIENT = Pattern.compile(
            "\\n\\r?\\n<([^>\\r\\n]{1,320})>:\\r?\\n(.{1,2000}?)(?:\\n\\r?\\n|\\n--- |\\z)", Pattern.DOTALL);
    private static final Pattern STATUS = Pattern.compile("\\b([45]\\.\\d{1,3}\\.\\d{1,3})\\b");

    /** The bounce that a message's text is, of its first recipient; empty for any other text. */
    static Optional<QmailBounce> in(MailMessage message) {
        String whole = MimeParts.text(message);
        String text =
                whole.substring(0, Math.min(whole.length(), LONGEST_REPORT)).stripLeading();
        Matcher recipient = RECIPIENT.matcher(text);
        if (!text.startsWith(BEGIN) || !recipient.find()) {
            return Optional.empty();
        }
        Matcher host = HOST.matcher(text);
        String why = recipient.group(2).replaceAll("\\s+", " ").strip();
        Matcher status = STATUS.matcher(why);
        return Optional.of(new QmailBounce(
                host.find() && host.start() < recipient.start() ? host.group(1) : "",
                recipient.group(1),
                status.find() ? status.group(1) : "",
                why));
    }
}
