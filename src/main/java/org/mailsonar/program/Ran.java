package org.mailsonar.program;

import org.mailsonar.message.OneLine;

/** What became of a program that was run. */
public sealed interface Ran {

    /**
     * It ended by itself.
     *
     * @param status its exit status
     * @param output the beginning of what it printed; empty where somebody else read it
     * @param complaint the beginning of what it printed on standard error, on one line
     */
    record Ended(int status, String output, String complaint) implements Ran {

        private static final int LONGEST_WORDS = 500;

        /** What there is to say of one that should have ended with 0, after the program's name. */
        public String told() {
            String words = output.strip();
            String first = words.substring(0, Math.min(LONGEST_WORDS, words.length()));
            String said = complaint.isEmpty() ? OneLine.printable(first.replaceAll("\\s+", " ")) : complaint;
            return "ended with status " + status + (said.isEmpty() ? "" : ": " + said);
        }
    }

    /**
     * It could not be started, or did not end in time and was killed.
     *
     * @param why one line, begins with the program's name
     */
    record NotRun(String why) implements Ran {}
}
