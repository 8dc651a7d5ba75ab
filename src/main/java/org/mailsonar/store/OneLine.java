package org.mailsonar.store;

/** Text from elsewhere, made fit to stand in a message of one line. */
final class OneLine {

    private static final int LONGEST = 200;

    private OneLine() {}

    /** The text's first line without control characters, at most 200 characters of it. */
    static String of(String text) {
        String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", "?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
