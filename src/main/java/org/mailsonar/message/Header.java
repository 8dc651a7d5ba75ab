package org.mailsonar.message;

import java.util.Locale;

/**
 * One header field as it arrived.
 *
 * @param name the field's name, as written
 * @param rawValue all behind the colon, folds and leading blanks included and the last line end excluded, one character
 *     for each byte (ISO 8859-1), so that nothing is lost
 */
public record Header(String name, String rawValue) {

    /** Whether the field has this name, ignoring case (RFC 5322 §1.2.2). */
    public boolean is(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }

    /** The value on one line: folds removed (RFC 5322 §2.2.3), blanks at both ends removed. */
    public String value() {
        if (rawValue.indexOf('\n') < 0) {
            return rawValue.strip();
        }
        StringBuilder unfolded = new StringBuilder(rawValue.length());
        for (int i = 0; i < rawValue.length(); i++) {
            char c = rawValue.charAt(i);
            boolean lineEnd = c == '\n' || (c == '\r' && i + 1 < rawValue.length() && rawValue.charAt(i + 1) == '\n');
            if (!lineEnd) {
                unfolded.append(c);
            }
        }
        return unfolded.toString().strip();
    }

    /** The value on one line, in lower case, up to a first {@code ;}: what {@code Content-Type: Text/Plain; …} names. */
    public String token() {
        String value = value();
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
