package org.mailsonar.check.http;

import java.nio.charset.StandardCharsets;
import org.mailsonar.check.protocol.CheckSettings;

/**
 * What is asked for, and where.
 *
 * @param target path and query as they go over the wire (RFC 9112 §3.2.1)
 */
record HttpPlace(CheckSettings settings, String target) {

    private static final String PLAIN = "-._~!$&'()*+,;=:@/?";

    /** What a user's URL names. */
    static HttpPlace of(CheckSettings settings) {
        return new HttpPlace(settings, target(settings.url().path()));
    }

    /** The path as it goes over the wire (RFC 3986 §3.3); from a question mark on it is a query. */
    private static String target(String path) {
        StringBuilder target = new StringBuilder(path.isEmpty() ? "/" : "");
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            if (plain) {
                target.append(c);
            } else {
                target.append('%');
                target.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                target.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return target.toString();
    }
}
