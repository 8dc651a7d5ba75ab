package org.mailsonar.notify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.OneLine;
import org.mailsonar.message.QuotedPrintable;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Transmission;
import org.mailsonar.time.TimeSource;
import org.mailsonar.time.UtcText;

/** Tells by mail (RFC 5322). A second copy has the same Message-ID, by which mail programs show it once. */
final class MailNotifier implements Notifier {

    private static final int LONGEST_SUBJECT = 120;

    private final MailSettings settings;
    private final TimeSource time;
    private final Relay relay;

    MailNotifier(MailSettings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
        this.relay = settings.relay().forOneMessage().open();
    }

    @Override
    public Delivery deliver(Notice notice) {
        Envelope envelope = new Envelope(settings.from(), settings.to());
        return switch (relay.send(new OutgoingMail(envelope, compose(notice)))) {
            case Transmission.Accepted _ -> new Delivery.Delivered();
            case Transmission.Refused(String text) -> failed(text);
            case Transmission.Deferred(String text) -> failed(text);
        };
    }

    private Delivery failed(String text) {
        return new Delivery.Failed(OneLine.ascii(relay.describe() + " did not take the mail: " + text));
    }

    private byte[] compose(Notice notice) {
        String to = settings.to().stream().map(EmailAddress::toString).collect(Collectors.joining(",\r\n "));
        String id = HexFormat.of().formatHex(notice.id().getBytes(StandardCharsets.UTF_8));
        String header = "From: Mailsonar <" + settings.from() + ">\r\n"
                + "To: " + to + "\r\n"
                + "Subject: " + subject(notice) + "\r\n"
                + "Date: " + UtcText.mailDate(time.now().wall()) + "\r\n"
                + "Message-ID: <" + cut(id, 200) + "@" + settings.from().domain() + ">\r\n"
                + "Auto-Submitted: auto-generated\r\n"
                + "MIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
        byte[] body = QuotedPrintable.encode(notice.text().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        byte[] head = header.getBytes(StandardCharsets.UTF_8);
        byte[] message = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, message, head.length, body.length);
        return message;
    }

    /** What is not ASCII is encoded (RFC 2047 §4.1), a few characters at a time, since an encoded word has 75 characters at most. */
    private static String subject(Notice notice) {
        String text = Texts.line(notice, LONGEST_SUBJECT);
        if (text.chars().allMatch(c -> c >= ' ' && c < 127)) {
            return text;
        }
        StringBuilder words = new StringBuilder();
        int[] characters = text.codePoints().toArray();
        for (int start = 0; start < characters.length; start += 10) {
            String part = new String(characters, start, Math.min(10, characters.length - start));
            words.append(start == 0 ? "" : "\r\n ")
                    .append("=?utf-8?B?")
                    .append(Base64.getEncoder().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                    .append("?=");
        }
        return words.toString();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(text.length() - most);
    }

    @Override
    public void close() {
        relay.close();
    }
}
