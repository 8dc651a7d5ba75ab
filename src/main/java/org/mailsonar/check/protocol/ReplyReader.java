package org.mailsonar.check.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.mailsonar.check.protocol.Exchange.Ending;

/** Reads whole replies, each of at most 500 lines. Not thread-safe. */
final class ReplyReader {

    private static final int MOST_LINES = 500;

    /** Where lines come from. */
    @FunctionalInterface
    interface Lines {
        /**
         * The next line.
         *
         * @throws java.io.EOFException when there is none
         */
        String next() throws IOException, NonsenseException;
    }

    /** What came is not of the protocol; the text says what it is instead. */
    static final class NonsenseException extends Exception {

        private final String text;

        NonsenseException(String text) {
            super(text, null, false, false);
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private final Lines source;

    ReplyReader(Lines source) {
        this.source = source;
    }

    /**
     * Reads one reply.
     *
     * @param answers tells whether a list follows the first line, for replies that may have one
     * @param tag of the command that is answered; empty before the first
     */
    Reply read(Ending ending, Answers answers, String tag) throws IOException, NonsenseException {
        String first = source.next();
        return switch (ending) {
            case LINE -> new Reply(List.of(first), first);
            case SMTP -> smtp(first);
            case FTP -> ftp(first);
            case DOT -> answers.good().matcher(first).lookingAt() ? dotted(first) : new Reply(List.of(first), first);
            case TAGGED -> tagged(first, tag);
            case ANSWERED -> answered(first, answers);
        };
    }

    private Reply smtp(String first) throws IOException, NonsenseException {
        requireCode(first);
        if (!goesOn(first)) {
            return new Reply(List.of(first), first);
        }
        List<String> lines = new ArrayList<>();
        String line = first;
        while (true) {
            add(lines, line);
            if (!goesOn(line)) {
                return new Reply(lines, line);
            }
            line = source.next();
            requireCode(line);
            if (!line.startsWith(first.substring(0, 3))) {
                throw new NonsenseException(
                        "a reply changed its code on the way, from " + first.substring(0, 3) + " to '" + line + "'");
            }
        }
    }

    private Reply ftp(String first) throws IOException, NonsenseException {
        requireCode(first);
        List<String> lines = new ArrayList<>();
        add(lines, first);
        String line = first;
        String code = first.substring(0, 3);
        while (goesOn(first) && !(line.startsWith(code) && (line.length() == 3 || line.charAt(3) == ' '))) {
            line = source.next();
            add(lines, line);
        }
        return new Reply(lines, line);
    }

    private Reply dotted(String first) throws IOException, NonsenseException {
        List<String> lines = new ArrayList<>();
        String line = first;
        while (!line.equals(".")) {
            // A line that begins with a dot has one more before it.
            add(lines, line.startsWith("..") ? line.substring(1) : line);
            line = source.next();
        }
        return new Reply(lines, first);
    }

    private Reply tagged(String first, String tag) throws IOException, NonsenseException {
        List<String> lines = new ArrayList<>();
        String line = first;
        while (true) {
            add(lines, line);
            if (line.startsWith("+")) {
                return new Reply(lines, line);
            }
            if (line.startsWith(tag + " ")) {
                return new Reply(lines, line.substring(tag.length() + 1));
            }
            if (!line.startsWith("* ") && !isInsideLiteral(lines)) {
                throw new NonsenseException("this answers no command of ours: '" + line + "'");
            }
            line = source.next();
        }
    }

    private Reply answered(String first, Answers answers) throws IOException, NonsenseException {
        List<String> lines = new ArrayList<>();
        String line = first;
        while (true) {
            add(lines, line);
            if (answers.isAny(line)) {
                return new Reply(lines, line);
            }
            line = source.next();
        }
    }

    /** Whether a literal is announced before this line, which then may be anything (RFC 9051 §4.3). */
    private static boolean isInsideLiteral(List<String> lines) {
        return lines.stream().limit(lines.size() - 1L).anyMatch(line -> line.endsWith("}"));
    }

    private static void add(List<String> lines, String line) throws NonsenseException {
        if (lines.size() == MOST_LINES) {
            throw new NonsenseException("a reply of more than " + MOST_LINES + " lines");
        }
        lines.add(line);
    }

    private static boolean goesOn(String line) {
        return line.length() > 3 && line.charAt(3) == '-';
    }

    private static void requireCode(String line) throws NonsenseException {
        boolean isReply = line.length() >= 3
                && line.charAt(0) >= '1'
                && line.charAt(0) <= '5'
                && isDigit(line.charAt(1))
                && isDigit(line.charAt(2))
                && (line.length() == 3 || line.charAt(3) == ' ' || line.charAt(3) == '-');
        if (!isReply) {
            throw new NonsenseException("this is no reply with a code: '" + line + "'");
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
