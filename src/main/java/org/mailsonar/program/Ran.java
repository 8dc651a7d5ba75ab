package org.mailsonar.program;

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

        /** What there is to say of one that should have ended with 0, after the program's name. */
        public String told() {
            String said = complaint.isEmpty() ? output.strip().replaceAll("\\s+", " ") : complaint;
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
