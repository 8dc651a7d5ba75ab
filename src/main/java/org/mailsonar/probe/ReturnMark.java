package org.mailsonar.probe;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;
import org.mailsonar.time.UtcText;

/**
 * What a reflector says of itself on a return, in the field {@code Mailsonar-Return: 1; id=…; received=…; agent=…; version=…}.
 * It is evidence and no more: only some reflectors sign it ({@link ReturnSignature}), and its clock is another machine's.
 *
 * @param id the probe that is returned
 * @param received when it arrived there, by the clock over there; in whole milliseconds
 * @param agent the reflector's host name, printable ASCII without blanks and semicolons
 * @param version the reflector's version, likewise
 */
public record ReturnMark(ProbeId id, Instant received, String agent, String version) {

    /** The field's name. */
    public static final String HEADER = "Mailsonar-Return";

    private static final String FORMAT_VERSION = "1";
    private static final int LONGEST_WORD = 255;

    public ReturnMark {
        received = received.truncatedTo(ChronoUnit.MILLIS);
        agent = word(agent);
        version = word(version);
    }

    /** The field's value, on one line. */
    public String value() {
        return FORMAT_VERSION + "; id=" + id + "; received=" + UtcText.millis(received) + "; agent=" + agent
                + "; version=" + version;
    }

    /** Whether a message claims to be a return; such a message is never reflected. */
    public static boolean isOn(MailMessage message) {
        return message.first(HEADER).isPresent();
    }

    /** The mark on a message; empty when there is none that can be read. */
    public static Optional<ReturnMark> read(MailMessage message) {
        return message.first(HEADER).map(Header::value).flatMap(ReturnMark::parse);
    }

    private static Optional<ReturnMark> parse(String value) {
        Fields fields = fields(value);
        if (!fields.format().equals(FORMAT_VERSION)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ReturnMark(
                    new ProbeId(fields.id()), UtcText.parse(fields.received()), fields.agent(), fields.version()));
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The field's parts just as they stand there; empty where one is missing. */
    record Fields(String format, String id, String received, String agent, String version) {}

    static Fields fields(String value) {
        String[] parts = value.split(";", 8);
        return new Fields(
                parts[0].strip(),
                field(parts, "id="),
                field(parts, "received="),
                field(parts, "agent="),
                field(parts, "version="));
    }

    private static String field(String[] parts, String name) {
        for (String part : parts) {
            String stripped = part.strip();
            if (stripped.startsWith(name)) {
                return stripped.substring(name.length());
            }
        }
        return "";
    }

    private static String word(String text) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length() && word.length() < LONGEST_WORD; i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 127 && c != ';') {
                word.append(c);
            }
        }
        return word.isEmpty() ? "unknown" : word.toString();
    }
}
