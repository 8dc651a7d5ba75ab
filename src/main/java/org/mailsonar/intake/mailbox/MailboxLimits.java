package org.mailsonar.intake.mailbox;

import java.time.Duration;

/**
 * Times of a mailbox agent.
 *
 * @param connect how long a connection may take to open
 * @param reply how long the server may take for each reply; a connection that is silent for so long is dead
 * @param idle how long one IDLE lasts at most: RFC 2177 asks for less than 29 minutes, and many routers forget a silent connection sooner
 * @param shortestPause before the first new try after trouble; doubled with each further one
 * @param longestPause the limit of that
 */
record MailboxLimits(Duration connect, Duration reply, Duration idle, Duration shortestPause, Duration longestPause) {

    static final MailboxLimits DEFAULT = new MailboxLimits(
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(9),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5));

    /** The pause after so many failures in a row, from 1. */
    Duration pauseAfter(int failures) {
        int doublings = Math.min(failures - 1, 20);
        Duration pause = shortestPause.multipliedBy(1L << doublings);
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
