package org.mailsonar.probe;

import java.security.SecureRandom;
import java.time.Instant;

/**
 * A probe's name: a ULID, 26 characters of Crockford's base 32 in upper case, 48 bits of time in milliseconds and 80 random
 * bits, so ids sort by the time they were made and cannot be guessed.
 *
 * @param text the 26 characters
 */
public record ProbeId(String text) {

    /** How many characters an id has. */
    public static final int LENGTH = 26;

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /** Refuses what is no ULID with an {@link IllegalArgumentException}. */
    public ProbeId {
        if (!isValid(text)) {
            throw new IllegalArgumentException("a probe id is a ULID of 26 characters");
        }
    }

    /** Whether the text is a ULID in upper case; its first character is at most 7, since 26 characters hold 130 bits. */
    public static boolean isValid(String text) {
        if (text.length() != LENGTH || text.charAt(0) > '7') {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            if (ALPHABET.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** A new id. */
    public static ProbeId create(Instant now, SecureRandom random) {
        char[] text = new char[LENGTH];
        long time = now.toEpochMilli();
        for (int i = 9; i >= 0; i--, time >>>= 5) {
            text[i] = ALPHABET.charAt((int) (time & 31));
        }
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        for (int i = 0; i < 16; i++) {
            text[10 + i] = ALPHABET.charAt(bits[i] & 31);
        }
        return new ProbeId(new String(text));
    }

    @Override
    public String toString() {
        return text;
    }
}
