package org.mailsonar.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The few arguments of a pipe program, read without a library: {@code [--config FILE] [MESSAGE_FILE]}.
 *
 * @param configFile the configuration file; null for the usual places
 * @param messageFile the message; null for standard input
 */
record PipeArguments(@Nullable Path configFile, @Nullable Path messageFile) {

    /** Arguments that make no sense. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static PipeArguments parse(String[] arguments) throws UsageException {
        Path config = null;
        Path message = null;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--config") && i + 1 < arguments.length) {
                config = Path.of(arguments[++i]);
            } else if (argument.startsWith("--config=")) {
                config = Path.of(argument.substring("--config=".length()));
            } else if (argument.startsWith("-")) {
                throw new UsageException("option " + argument + " is unknown or lacks its value; known: --config FILE");
            } else if (message == null) {
                message = Path.of(argument);
            } else {
                throw new UsageException("more than one message file: " + message + " and " + argument);
            }
        }
        return new PipeArguments(config, message);
    }
}
