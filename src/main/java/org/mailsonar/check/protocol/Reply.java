package org.mailsonar.check.protocol;

import java.util.List;

/**
 * A whole reply.
 *
 * @param lines without their ends; at least one
 * @param last what decides: the last line, or, of a list that ends with a dot, the first one; without an IMAP tag
 */
record Reply(List<String> lines, String last) {

    /** All on one line; a code stands there once. */
    String text() {
        if (lines.size() == 1) {
            return last;
        }
        StringBuilder text = new StringBuilder(lines.getFirst());
        for (String line : lines.subList(1, lines.size())) {
            boolean hasCode = line.length() > 3
                    && text.length() > 3
                    && text.substring(0, 3).equals(line.substring(0, 3));
            text.append(' ').append(hasCode ? line.substring(4) : line);
        }
        return text.toString();
    }
}
