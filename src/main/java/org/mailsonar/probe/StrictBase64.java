package org.mailsonar.probe;

import java.util.Base64;

/** Reads base64url without padding (RFC 4648 §5). */
final class StrictBase64 {

    private StrictBase64() {}

    /**
     * Strict: one text for one value, so that a changed character is never the same value (RFC 4648 §3.5).
     *
     * @throws IllegalArgumentException when it is none
     */
    static byte[] decode(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("not the canonical base64url");
        }
        return bytes;
    }

    /** The text without the blanks and folds that a long header field gets on its way. */
    static String withoutBlanks(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > ' ') {
                text.append(value.charAt(i));
            }
        }
        return text.toString();
    }
}
