package org.mailsonar.cli;

import java.io.PrintStream;

/** Where a command writes: results on one stream, all else on the other. */
record Terminal(PrintStream results, PrintStream messages) {

    /** A line of results, at once. */
    void print(String line) {
        results.println(line);
        results.flush();
    }

    /** A line for the person who started the command. */
    void say(String line) {
        messages.println(line);
        messages.flush();
    }
}
