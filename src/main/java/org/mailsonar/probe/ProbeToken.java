package org.mailsonar.probe;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.time.UtcText;

/**
 * What a probe states of itself; {@link TokenSigner} signs it and {@link TokenVerifier} proves it. As bytes it is UTF-8
 * text, LF between lines, every line present and in this order:
 *
 * <pre>
 * mailsonar-probe/1
 * id: 01KAJ2V0N2Q4Q4X8YB7D6S5T3R
 * key: 0123456789abcdef
 * to: webscout@company.test
 * return: return@monitor.test
 * sent: 2026-11-21T01:02:03.000000Z
 * expires: 2026-11-22T01:02:03.000000Z
 * </pre>
 *
 * @param id the probe's name
 * @param keyFingerprint which key signed it: the first 16 hex digits of SHA-256 over the X.509 encoding of the public key
 * @param to the probed address
 * @param returnTo where the return goes
 * @param sent when it was made, on the monitor's clock; in whole microseconds
 * @param expires until when it counts; in whole microseconds
 */
public record ProbeToken(
        ProbeId id, String keyFingerprint, EmailAddress to, EmailAddress returnTo, Instant sent, Instant expires) {

    static final String FIRST_LINE = "mailsonar-probe/1";

    /** Where the fingerprint's digits stand in the bytes: behind the first line, the id and the field's name. */
    static final int FINGERPRINT_OFFSET = FIRST_LINE.length() + "\nid: ".length() + ProbeId.LENGTH + "\nkey: ".length();

    private static final String[] FIELDS = {"id: ", "key: ", "to: ", "return: ", "sent: ", "expires: "};

    public ProbeToken {
        sent = sent.truncatedTo(ChronoUnit.MICROS);
        expires = expires.truncatedTo(ChronoUnit.MICROS);
        if (!KeyFingerprint.isValid(keyFingerprint)) {
            throw new IllegalArgumentException("a key's fingerprint has 16 lower-case hex digits");
        }
        if (expires.isBefore(sent)) {
            throw new IllegalArgumentException("the probe expires before it is sent");
        }
    }

    /** The bytes that are signed. */
    public byte[] payload() {
        String[] values = {
            id.text(), keyFingerprint, to.toString(), returnTo.toString(), UtcText.micros(sent), UtcText.micros(expires)
        };
        StringBuilder text = new StringBuilder(256).append(FIRST_LINE);
        for (int i = 0; i < FIELDS.length; i++) {
            text.append('\n').append(FIELDS[i]).append(values[i]);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #payload} writes, and nothing else.
     *
     * @throws IllegalArgumentException when it is anything else; the message says which line, never what stands in it
     */
    static ProbeToken parse(byte[] payload) {
        String[] lines = new String(payload, StandardCharsets.UTF_8).split("\n", -1);
        if (lines.length != FIELDS.length + 1 || !lines[0].equals(FIRST_LINE)) {
            throw new IllegalArgumentException("not " + FIRST_LINE + " with " + FIELDS.length + " lines after it");
        }
        ProbeToken token = new ProbeToken(
                new ProbeId(value(lines, 0)),
                value(lines, 1),
                address(lines, 2),
                address(lines, 3),
                instant(lines, 4),
                instant(lines, 5));
        if (!Arrays.equals(token.payload(), payload)) {
            throw new IllegalArgumentException("not written as " + FIRST_LINE + " writes it");
        }
        return token;
    }

    private static EmailAddress address(String[] lines, int field) {
        String text = value(lines, field);
        try {
            return EmailAddress.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("line " + (field + 2) + " holds no mail address", unreadable);
        }
    }

    private static Instant instant(String[] lines, int field) {
        String text = value(lines, field);
        try {
            return UtcText.parse(text);
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException("line " + (field + 2) + " holds no instant", unreadable);
        }
    }

    private static String value(String[] lines, int field) {
        String line = lines[field + 1];
        if (!line.startsWith(FIELDS[field])) {
            throw new IllegalArgumentException("line " + (field + 2) + " does not begin with '" + FIELDS[field] + "'");
        }
        return line.substring(FIELDS[field].length());
    }
}
