package org.mailsonar.reflect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.Header;
import org.mailsonar.message.QuotedPrintable;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.ReturnMark;
import org.mailsonar.probe.ReturnSignature;
import org.mailsonar.probe.ReturnSigner;
import org.mailsonar.probe.TokenFinder;
import org.mailsonar.time.UtcText;

/**
 * Makes the return of a probe (RFC 5322, RFC 3834 §3.1, RFC 6522 §4 for the part with the header as it arrived). Whatever stands in
 * the probe's header, the return's own header cannot be changed by it. Thread-safe.
 */
final class ReturnComposer {

    /** How much of the probe's header goes back as evidence. */
    private static final int LONGEST_HEADER = 64 * 1024;

    private static final int LONGEST_SUBJECT = 900;
    private static final int LONGEST_LINE = 990;

    private final ReflectorSettings settings;
    private final Supplier<RandomGenerator> random;

    /** What makes a return unique need not be a secret, so the pipe program need not load the platform's cryptography for it. */
    ReturnComposer(ReflectorSettings settings) {
        this.settings = settings;
        this.random = ThreadLocalRandom::current;
    }

    /** With a source of its own for what makes each return unique: its Message-ID and its MIME boundary. */
    ReturnComposer(ReflectorSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = () -> random;
    }

    /** The whole return, CRLF line ends. */
    byte[] compose(ReceivedMail mail, ProbeToken token, String signed) {
        ReturnMark mark = new ReturnMark(token.id(), mail.received().wall(), settings.agent(), settings.version());
        String unique = unique();
        byte[] evidence = evidence(mail);
        boolean asIs = fitsUnencoded(evidence);
        StringBuilder text = new StringBuilder(2048);
        header(text, mail, token, mark, unique);
        field(text, TokenFinder.HEADER, folded(signed));
        field(text, "MIME-Version", "1.0");
        field(text, "Content-Type", "multipart/mixed; boundary=\"" + unique + "\"");
        text.append("\r\n--").append(unique).append("\r\n");
        field(text, "Content-Type", "text/plain; charset=us-ascii");
        text.append("\r\nProbe ").append(token.id()).append(" arrived at ").append(mark.agent());
        text.append(" on ").append(UtcText.millis(mark.received())).append(".\r\n");
        text.append("\r\n--").append(unique).append("\r\n");
        field(text, "Content-Type", "text/rfc822-headers");
        field(text, "Content-Transfer-Encoding", asIs ? "7bit" : "quoted-printable");
        text.append("\r\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 2 * evidence.length + 64);
        out.writeBytes(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(asIs ? evidence : QuotedPrintable.encode(evidence));
        out.writeBytes(("\r\n--" + unique + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private void header(StringBuilder text, ReceivedMail mail, ProbeToken token, ReturnMark mark, String unique) {
        field(text, "From", "<" + octets(settings.address()) + ">");
        field(text, "To", "<" + octets(token.returnTo()) + ">");
        field(text, "Subject", stampedSubject(mail, mark));
        field(text, "Date", UtcText.mailDate(mail.received().wall()));
        field(text, "Message-ID", "<" + unique + "@" + octets(settings.address().domain()) + ">");
        mail.message()
                .first("Message-ID")
                .map(Header::value)
                .filter(ReturnComposer::isMessageId)
                .ifPresent(id -> {
                    field(text, "In-Reply-To", id);
                    field(text, "References", id);
                });
        field(text, "Auto-Submitted", "auto-replied");
        field(text, ReturnMark.HEADER, mark.value());
        ReturnSigner signer = settings.signer();
        if (signer != null) {
            field(text, ReturnSignature.HEADER, signer.sign(mark));
        }
    }

    /** The header is put together as octets, one character each, since the subject in it is passed on as it came. */
    private static String octets(Object text) {
        return new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /**
     * The subject as it arrived with the time behind it. Line ends and control characters in it become blanks, so nothing can
     * be injected; what is longer than a line may be is cut in front of the stamp.
     */
    private static String stampedSubject(ReceivedMail mail, ReturnMark mark) {
        String arrived = mail.message().first("Subject").map(Header::value).orElse("");
        int end = Math.min(arrived.length(), LONGEST_SUBJECT);
        for (int back = 0; back < 3 && end < arrived.length() && isInsideUtf8(arrived.charAt(end)); back++) {
            end--;
        }
        StringBuilder subject = new StringBuilder(end + 48);
        for (int i = 0; i < end; i++) {
            char c = arrived.charAt(i);
            subject.append(c < ' ' || c == 127 ? ' ' : c);
        }
        return subject.append(" [received ")
                .append(UtcText.millis(mark.received()))
                .append(']')
                .toString();
    }

    /** Whether an octet is the second or a later one of a character in UTF-8. */
    private static boolean isInsideUtf8(char octet) {
        return (octet & 0xC0) == 0x80;
    }

    /** The probe's header with CRLF line ends, cut at a line when it is too long. */
    private static byte[] evidence(ReceivedMail mail) {
        byte[] header = mail.message().headerBytes();
        int end = Math.min(header.length, LONGEST_HEADER);
        while (end < header.length && end > 0 && header[end - 1] != '\n') {
            end--;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(end + 256);
        for (int i = 0; i < end; i++) {
            if (header[i] == '\n' && (i == 0 || header[i - 1] != '\r')) {
                out.write('\r');
            }
            out.write(header[i]);
        }
        return out.toByteArray();
    }

    /** Whether the bytes may stand in a 7bit part (RFC 2045 §2.7): ASCII, no NUL, no bare CR, no line over the limit. */
    private static boolean fitsUnencoded(byte[] text) {
        int lineLength = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            boolean bareReturn = b == '\r' && (i + 1 == text.length || text[i + 1] != '\n');
            if (b <= 0 || bareReturn || ++lineLength > LONGEST_LINE) {
                return false;
            }
            if (b == '\n') {
                lineLength = 0;
            }
        }
        return true;
    }

    private static boolean isMessageId(String value) {
        return value.length() < 250
                && value.startsWith("<")
                && value.endsWith(">")
                && value.chars().allMatch(c -> c > ' ' && c < 127);
    }

    private static String folded(String token) {
        StringBuilder lines = new StringBuilder(token.length() + 32);
        for (int start = 0; start < token.length(); start += 64) {
            lines.append(start == 0 ? "" : "\r\n ").append(token, start, Math.min(token.length(), start + 64));
        }
        return lines.toString();
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    private String unique() {
        byte[] bytes = new byte[16];
        random.get().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
