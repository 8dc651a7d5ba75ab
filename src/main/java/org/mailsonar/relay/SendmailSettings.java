package org.mailsonar.relay;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A program on this machine that takes mail on its standard input, as sendmail does; those of Postfix, Exim and Sendmail fit.
 *
 * @param program its absolute path
 * @param timeLimit how long it may run before it is ended
 */
public record SendmailSettings(Path program, Duration timeLimit) implements RelaySettings {

    private static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(60);

    public SendmailSettings {
        if (!program.isAbsolute()) {
            throw new IllegalArgumentException(
                    "sendmail: wants the absolute path of the program, such as sendmail:/usr/sbin/sendmail");
        }
        if (!timeLimit.isPositive()) {
            throw new IllegalArgumentException("a time limit is longer than nothing");
        }
    }

    /** A program that may run for 60 s. */
    public SendmailSettings(Path program) {
        this(program, DEFAULT_TIME_LIMIT);
    }

    @Override
    public RelaySettings forOneMessage() {
        return this;
    }

    @Override
    public Relay open() {
        return new SendmailRelay(this);
    }

    @Override
    public String describe() {
        return "sendmail:" + program;
    }
}
