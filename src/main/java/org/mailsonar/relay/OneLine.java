package org.mailsonar.relay;

/** Makes a stranger's text fit for a log line and for an SMTP reply of our own: printable ASCII, one line, bounded. */
final class OneLine {

    private static final int LONGEST = 500;

    private OneLine() {}

    /** The text with every other character than printable ASCII replaced, cut at 500 characters. */
    static String of(String text) {
        int length = text.length();
        if (length <= LONGEST && isPrintable(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder(Math.min(length, LONGEST));
        for (int i = 0; i < length && i < LONGEST; i++) {
            char c = text.charAt(i);
            line.append(isPrintable(c) ? c : c == '\t' || c == '\n' || c == '\r' ? ' ' : '?');
        }
        return line.toString().strip();
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPrintable(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c < 127;
    }
}
