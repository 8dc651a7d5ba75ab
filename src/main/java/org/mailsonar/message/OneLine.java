package org.mailsonar.message;

/**
 * Makes text that may be a stranger's fit for one line of a log, an error or an SMTP reply: nobody can write a line of his own there,
 * or turn the direction of writing around so that one line looks like another.
 */
public final class OneLine {

    /** A reply line has 512 octets at most (RFC 5321 §4.5.3.1.5); this leaves room for codes and for what stands around the text. */
    private static final int LONGEST_ASCII = 400;

    private static final int LONGEST = 2000;

    private OneLine() {}

    /** The text in printable ASCII: line ends and tabs become blanks, all else {@code ?}; cut at 400 characters. */
    public static String ascii(String text) {
        int length = text.length();
        if (length <= LONGEST_ASCII && isAscii(text)) {
            return text;
        }
        boolean cut = length > LONGEST_ASCII;
        int end = cut ? LONGEST_ASCII - 3 : length;
        StringBuilder line = new StringBuilder(end + 3);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            line.append(isAscii(c) ? c : c == '\t' || c == '\n' || c == '\r' ? ' ' : '?');
        }
        return line.append(cut ? "..." : "").toString().strip();
    }

    /** The text without controls of any kind, each of them {@code ?}; cut at 2000 characters. */
    public static String printable(String text) {
        int length = Math.min(text.length(), LONGEST);
        StringBuilder line = new StringBuilder(length + 1);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            line.append(isPrintable(c) ? c : '?');
        }
        return line.append(length < text.length() ? "…" : "").toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isAscii(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAscii(char c) {
        return c >= ' ' && c < 127;
    }

    private static boolean isPrintable(char c) {
        return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT && c != '\u2028' && c != '\u2029';
    }
}
