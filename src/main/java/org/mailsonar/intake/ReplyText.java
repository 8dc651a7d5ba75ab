package org.mailsonar.intake;

import java.util.Locale;

/** Makes text that may come from strangers fit for a reply or a log line: one line, printable ASCII, bounded. */
final class ReplyText {

    /** A reply line has 512 octets at most (RFC 5321 §4.5.3.1.5); this leaves room for the codes and for a log line's rest. */
    private static final int LONGEST = 400;

    private ReplyText() {}

    /** The text with each other character replaced by {@code ?}, cut at 400 characters; never empty. */
    static String oneLine(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST - 3) + "..." : text;
        StringBuilder line = new StringBuilder(cut.length());
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            line.append(c == '\r' || c == '\n' || c == '\t' ? ' ' : c >= ' ' && c < 127 ? c : '?');
        }
        return line.isEmpty() ? "-" : line.toString();
    }

    /** What a client calls itself, as it may stand in a trace line: letters, digits and {@code .-_:[]}, at most 255 of them. */
    static String hostName(String name) {
        String cut = name.length() > 255 ? name.substring(0, 255) : name;
        return cut.replaceAll("[^A-Za-z0-9.\\-_:\\[\\]]", "?");
    }

    /** An exception on one line, with the place it comes from, for a log that strangers can cause to be written. */
    static String of(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String place = trace.length == 0 ? "" : String.format(Locale.ROOT, " (at %s)", trace[0]);
        return failure.getClass().getName() + ": " + oneLine(String.valueOf(failure.getMessage())) + place;
    }
}
