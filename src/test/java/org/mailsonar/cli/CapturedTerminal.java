package org.mailsonar.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** A terminal that remembers what was written. */
final class CapturedTerminal {

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private final Terminal terminal =
            new Terminal(new PrintStream(results, true, UTF_8), new PrintStream(messages, true, UTF_8));

    /** Runs {@code mailsonar} with these arguments. */
    int run(String... arguments) {
        results.reset();
        messages.reset();
        return Main.run(arguments, terminal);
    }

    /** The terminal itself, for a command that is run without its program. */
    Terminal terminal() {
        return terminal;
    }

    /** The lines on standard output. */
    List<String> results() {
        return results.toString(UTF_8).lines().toList();
    }

    /** The lines on standard error. */
    List<String> messages() {
        return messages.toString(UTF_8).lines().toList();
    }
}
