package org.mailsonar.check.protocol;

import org.mailsonar.message.OneLine;

/** What was said on a connection, for people: at most 16 KiB of it, without controls and without secrets. Not thread-safe. */
final class SaidAndHeard {

    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_LINE = 500;

    private final StringBuilder text = new StringBuilder(512);
    private final Blanks blanks;
    private boolean isFull;

    SaidAndHeard(Blanks blanks) {
        this.blanks = blanks;
    }

    void note(String line) {
        add("-- ", line);
    }

    /** A line of ours, its secrets hidden already. */
    void said(String line) {
        add("C: ", line);
    }

    /** A line of the server's. */
    void heard(String line) {
        if (!isFull) {
            add("S: ", blanks.without(line));
        }
    }

    private void add(String who, String line) {
        if (isFull) {
            return;
        }
        String printable = OneLine.printable(line);
        if (text.length() + Math.min(printable.length(), LONGEST_LINE) + 8 > LONGEST) {
            isFull = true;
            text.append("-- (the rest is left out)\n");
            return;
        }
        text.append(who);
        if (printable.length() > LONGEST_LINE) {
            text.append(printable, 0, LONGEST_LINE).append('…');
        } else {
            text.append(printable);
        }
        text.append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
