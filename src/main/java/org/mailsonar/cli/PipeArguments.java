package org.mailsonar.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.OneLine;
import org.mailsonar.relay.RelaySettings;

/**
 * The few arguments of a pipe program, read without a library: {@code [--config FILE] [[SERVER [FROM]] MESSAGE_FILE]}. A server before
 * the file is the way of IMail's program aliases: IMail calls {@code email_return SERVER FROM} and appends the file's name.
 *
 * @param configFile the configuration file; null for the usual places
 * @param server where the return is to leave instead of the configured relay; null for that one
 * @param from the From of the return instead of the configured address; null for that one
 * @param messageFile the message, which is only read; null for standard input
 */
record PipeArguments(
        @Nullable Path configFile,
        @Nullable RelaySettings server,
        @Nullable EmailAddress from,
        @Nullable Path messageFile) {

    private static final String USAGE = "usage: [--config FILE] [[SERVER [FROM]] MESSAGE_FILE]";

    /** Arguments that make no sense. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    static PipeArguments parse(String[] arguments) throws UsageException {
        Path config = null;
        List<String> words = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--config") && i + 1 < arguments.length) {
                config = file(arguments[++i]);
            } else if (argument.startsWith("--config=")) {
                config = file(argument.substring("--config=".length()));
            } else if (argument.startsWith("-")) {
                throw new UsageException("option " + argument + " is unknown or lacks its value; known: --config FILE");
            } else {
                words.add(argument);
            }
        }
        if (words.size() > 3) {
            throw new UsageException(words.size() + " arguments are too many; " + USAGE);
        }
        return new PipeArguments(
                config,
                words.size() < 2 ? null : server(words.getFirst()),
                words.size() < 3 ? null : from(words.get(1)),
                words.isEmpty() ? null : file(words.getLast()));
    }

    private static RelaySettings server(String text) throws UsageException {
        boolean isUrl = text.startsWith("smtp://") || text.startsWith("smtps://");
        try {
            if (isUrl) {
                return RelaySettings.parse(text, null);
            }
            if (text.chars().allMatch(PipeArguments::isOfHostAndPort)) {
                return RelaySettings.parse("smtp://" + text, null);
            }
        } catch (IllegalArgumentException unusable) {
            throw new UsageException("SERVER, which stands before the message file: " + unusable.getMessage());
        }
        throw new UsageException("SERVER, which stands before the message file, is '" + OneLine.ascii(text)
                + "', but may be a host, host:port or smtp://host:port");
    }

    /** A path, and whatever else a URL can hold, is refused: only a URL that is written as one may say more than host and port. */
    private static boolean isOfHostAndPort(int c) {
        return c < 127 && (Character.isLetterOrDigit(c) || ".-_:[]".indexOf(c) >= 0);
    }

    private static EmailAddress from(String text) throws UsageException {
        try {
            return EmailAddress.parse(text);
        } catch (IllegalArgumentException unusable) {
            throw new UsageException("FROM, which stands before the message file: " + unusable.getMessage());
        }
    }

    private static Path file(String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException unusable) {
            throw new UsageException("'" + OneLine.ascii(text) + "' is no name of a file; " + USAGE);
        }
    }
}
