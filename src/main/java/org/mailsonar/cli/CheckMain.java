package org.mailsonar.cli;

import java.util.List;

/**
 * {@code mailsonar check} alone: a monitoring system starts it for each look, so it is quick to start. It has a start-up cache of its own, and what
 * no check needs is never loaded: no log, no database, no other command.
 */
public final class CheckMain {

    private CheckMain() {}

    /** The program; its arguments are those behind {@code mailsonar check}. */
    public static void main(String[] arguments) {
        int status = run(List.of(arguments), new Terminal(System.out, System.err));
        System.out.flush();
        // There is nothing left to tidy up, and nothing that runs on is waited for.
        Runtime.getRuntime().halt(status);
    }

    /** Runs the command and gives the exit status. */
    static int run(List<String> arguments, Terminal terminal) {
        return Main.run(new CheckCommand(), arguments, terminal);
    }
}
