package org.mailsonar.notify;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mailsonar.time.TimeSource;

/**
 * A program that is run for each notice, as {@link ExecNotifier} says.
 *
 * @param command the program and its arguments; no shell reads them
 * @param timeLimit after which it is killed
 */
public record ExecSettings(List<String> command, Duration timeLimit) implements WaySettings {

    /** Refuses a program that would be looked for, with an {@link IllegalArgumentException}. */
    public ExecSettings {
        command = List.copyOf(command);
        if (command.isEmpty() || !Path.of(command.getFirst()).isAbsolute()) {
            throw new IllegalArgumentException(
                    "the program is named by its whole path; write for example [/usr/local/bin/page, night]");
        }
    }

    @Override
    public Notifier open(TimeSource time) {
        return new ExecNotifier(this);
    }

    @Override
    public String describe() {
        return "program " + command.getFirst();
    }
}
