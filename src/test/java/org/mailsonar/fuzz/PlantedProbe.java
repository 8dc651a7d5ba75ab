package org.mailsonar.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.mailsonar.probe.TestProbes;

/**
 * Puts a valid token into a message where the input says so: {@code {t}} is the token itself, {@code {h}} a header field with it,
 * {@code {b}} a block of a body, {@code {p}} a whole probe. One character for each byte.
 */
public final class PlantedProbe {

    /** The token, and nothing that is not this is ever valid. */
    public static final String TOKEN = TestProbes.token();

    private static final String FIELD = "Mailsonar-Probe: " + TOKEN + "\r\n";
    private static final String BLOCK =
            "-----BEGIN MAILSONAR PROBE-----\r\n" + TOKEN + "\r\n-----END MAILSONAR PROBE-----\r\n";
    private static final String PROBE = new String(TestProbes.probe(), ISO_8859_1);
    private static final int MOST = 64;

    private PlantedProbe() {}

    /** Whether the text says anywhere that there is a token. */
    public static boolean isIn(String text) {
        return text.contains("{t}") || text.contains("{h}") || text.contains("{b}") || text.contains("{p}");
    }

    /** The message that the text describes. */
    public static String in(String text) {
        StringBuilder message = new StringBuilder(text.length() + PROBE.length());
        int planted = 0;
        int i = 0;
        while (i < text.length()) {
            String what = planted < MOST ? planted(text, i) : "";
            planted += what.isEmpty() ? 0 : 1;
            message.append(what.isEmpty() ? text.substring(i, i + 1) : what);
            i += what.isEmpty() ? 1 : 3;
        }
        return message.toString();
    }

    private static String planted(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '{' || text.charAt(at + 2) != '}') {
            return "";
        }
        return switch (text.charAt(at + 1)) {
            case 't' -> TOKEN;
            case 'h' -> FIELD;
            case 'b' -> BLOCK;
            case 'p' -> PROBE;
            default -> "";
        };
    }
}
