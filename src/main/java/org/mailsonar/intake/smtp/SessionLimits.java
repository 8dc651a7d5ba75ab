package org.mailsonar.intake.smtp;

import java.time.Duration;

/**
 * What one client may do on one connection before it is told 421 and the connection is closed. Counts and times begin again with
 * each mail that is taken, so a client that sends any number of mails on one connection meets none of them. Immutable.
 *
 * @param commands how many commands may come from one mail to the next, refused ones counted; a mail to a hundred recipients
 *     takes 103
 * @param errors how many of them may be answered 5xx, refused mails counted
 * @param greetingPause how long the greeting is held back; who talks before it is told 554 and the connection is closed (RFC 5321
 *     §3.1). Zero greets at once, and then what comes early is taken as though it had waited
 * @param patience how long the client is waited for
 * @param patienceUnderLoad the same while the listener is nearly full
 */
public record SessionLimits(
        int commands, int errors, Duration greetingPause, Patience patience, Patience patienceUnderLoad) {

    /** 250 commands, 20 errors, a greeting at once, {@link Patience#NORMAL} and {@link Patience#UNDER_LOAD}. */
    public static final SessionLimits STANDARD =
            new SessionLimits(250, 20, Duration.ZERO, Patience.NORMAL, Patience.UNDER_LOAD);

    /** Refuses what makes no sense, with an {@link IllegalArgumentException} that says why on one line. */
    public SessionLimits {
        ListenerLimits.check(commands >= 4, "a mail takes at least 4 commands, so " + commands + " are too few");
        ListenerLimits.check(errors >= 1, "at least one error must be allowed, not " + errors);
        ListenerLimits.check(
                !greetingPause.isNegative(), "the greeting's pause must not be negative, not " + greetingPause);
    }

    /** Lets so many commands come for each mail. */
    public SessionLimits withCommands(int number) {
        return new SessionLimits(number, errors, greetingPause, patience, patienceUnderLoad);
    }

    /** Lets so many errors be made for each mail. */
    public SessionLimits withErrors(int number) {
        return new SessionLimits(commands, number, greetingPause, patience, patienceUnderLoad);
    }

    /** Holds the greeting back for so long. */
    public SessionLimits withGreetingPause(Duration pause) {
        return new SessionLimits(commands, errors, pause, patience, patienceUnderLoad);
    }

    /** Waits so long for a client. */
    public SessionLimits withPatience(Patience normal) {
        return new SessionLimits(commands, errors, greetingPause, normal, patienceUnderLoad);
    }

    /** Waits so long for a client while the listener is nearly full. */
    public SessionLimits withPatienceUnderLoad(Patience underLoad) {
        return new SessionLimits(commands, errors, greetingPause, patience, underLoad);
    }
}
