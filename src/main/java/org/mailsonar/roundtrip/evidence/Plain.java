package org.mailsonar.roundtrip.evidence;

/** Makes a stranger's text fit for keeping: printable ASCII on one line, blanks at the ends and second blanks removed, cut to a length. */
final class Plain {

    private Plain() {}

    static String text(String text, int longest) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), longest));
        for (int i = 0; i < text.length() && plain.length() < longest; i++) {
            char c = text.charAt(i);
            boolean blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
            if (!blank) {
                plain.append(c > ' ' && c < 127 ? c : '?');
            } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        }
        return plain.toString().stripTrailing();
    }
}
