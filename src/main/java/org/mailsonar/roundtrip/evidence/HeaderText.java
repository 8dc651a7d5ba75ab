package org.mailsonar.roundtrip.evidence;

import java.util.ArrayList;
import java.util.List;

/** Takes the value of a structured header field apart (RFC 5322 §3.2), with every tolerance; a quote or comment without an end goes on to the end. */
final class HeaderText {

    private static final int MOST_TOKENS = 200;

    /** A word, or the inside of a comment. */
    record Token(String text, boolean isComment) {}

    private HeaderText() {}

    /** The words and the outermost comments, in their order; 200 at most. */
    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length() && tokens.size() < MOST_TOKENS) {
            int start = i;
            if (isBlank(text.charAt(i))) {
                i++;
            } else if (text.charAt(i) == '(') {
                i = endOfComment(text, i);
                int inside = i > start + 1 && text.charAt(i - 1) == ')' ? i - 1 : i;
                tokens.add(new Token(text.substring(start + 1, inside), true));
            } else {
                while (i < text.length() && !isBlank(text.charAt(i)) && text.charAt(i) != '(') {
                    i = text.charAt(i) == '"' ? endOfQuote(text, i) : i + 1;
                }
                tokens.add(new Token(text.substring(start, i), false));
            }
        }
        return tokens;
    }

    /** The parts between semicolons, outside of quotes; comments become blanks. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int i = 0;
        while (i < text.length() && parts.size() < MOST_TOKENS) {
            int start = i;
            char c = text.charAt(i);
            if (c == '(') {
                i = endOfComment(text, i);
                part.append(' ');
            } else if (c == ';') {
                i++;
                parts.add(part.toString());
                part.setLength(0);
            } else {
                i = c == '"' ? endOfQuote(text, i) : i + 1;
                part.append(text, start, i);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static int endOfComment(String text, int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '(' -> depth++;
                case ')' -> depth--;
                default -> {}
            }
            if (depth == 0) {
                return Math.min(i + 1, text.length());
            }
        }
        return text.length();
    }

    private static int endOfQuote(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        return text.length();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
