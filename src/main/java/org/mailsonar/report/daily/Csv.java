package org.mailsonar.report.daily;

/** Fields of comma-separated values (RFC 4180 §2). */
public final class Csv {

    private static final String NUMBER = "[-+]?\\d+(\\.\\d+)?";

    private Csv() {}

    /** A text as a field: in quotes where it needs them, and never what a spreadsheet would take for a formula. */
    public static String field(String text) {
        boolean formula = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 && !text.matches(NUMBER);
        String safe = formula ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
