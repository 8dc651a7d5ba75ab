package org.mailsonar.intake.smtp;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a listener waits for a client before it is told 421 and the connection is closed. All are positive. Immutable.
 *
 * @param silence from the last byte, or from the last answer, until something comes (RFC 5321 §4.5.3.2.7 asks for five minutes)
 * @param command from the first byte of a command to its line end; within a message also the time in which at least 1 KiB
 *     must come
 * @param content from the reply to DATA to the end of the message
 * @param session from the greeting, or from the last mail that was taken, to the next one
 */
public record Patience(Duration silence, Duration command, Duration content, Duration session) {

    /** What a listener has as long as it is not nearly full: 5 min, 1 min, 10 min, 10 min. */
    public static final Patience NORMAL =
            new Patience(Duration.ofMinutes(5), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofMinutes(10));

    /** What it has when it is nearly full, enough for an honest mail server: 10 s, 10 s, 1 min, 30 s. */
    public static final Patience UNDER_LOAD =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(30));

    /** Refuses what is not positive with an {@link IllegalArgumentException} that says so on one line. */
    public Patience {
        if (!Stream.of(silence, command, content, session).allMatch(Duration::isPositive)) {
            throw new IllegalArgumentException("a listener's patience must be positive, not " + silence + ", " + command
                    + ", " + content + " and " + session);
        }
    }

    /** The same with another limit on silence. */
    public Patience withSilence(Duration limit) {
        return new Patience(limit, command, content, session);
    }

    /** The same with another limit on a command. */
    public Patience withCommand(Duration limit) {
        return new Patience(silence, limit, content, session);
    }

    /** The same with another limit on a message's content. */
    public Patience withContent(Duration limit) {
        return new Patience(silence, command, limit, session);
    }

    /** The same with another limit on a session without mail. */
    public Patience withSession(Duration limit) {
        return new Patience(silence, command, content, limit);
    }

    /** The shortest of the four. */
    Duration shortest() {
        return Stream.of(silence, command, content, session)
                .min(Duration::compareTo)
                .orElseThrow();
    }
}
