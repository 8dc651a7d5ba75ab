package org.mailsonar.intake.mailbox;

import java.time.Duration;
import org.mailsonar.intake.Expectation;

/**
 * How often a server is asked while mail is expected: after 50 ms at first, then after a tenth of the time that the newest expected mail has been
 * waited for, so that no round trip is told more than a tenth too long; at most every five seconds, and never less often than without
 * expectation. A server is left alone for at least as long as its last answer took, so that at most half of its time for this
 * connection is spent on asking: 20 questions a second at most, and some 170 in the first ten minutes of one wait.
 */
final class Pace {

    /** The shortest pause on an open connection. */
    static final Duration SHORTEST = Duration.ofMillis(50);

    /** The shortest pause between two visits, or between two looks into a second folder: servers lock and read for each. */
    static final Duration SHORTEST_VISIT = Duration.ofSeconds(1);

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int SHARE = 10;

    private final Expectation expectation;

    Pace(Expectation expectation) {
        this.expectation = expectation;
    }

    /** Whether mail is expected now. */
    boolean isWaiting() {
        return expectation.waiting().isPresent();
    }

    /**
     * How long to pause now.
     *
     * @param usual the pause while nothing is expected, which is never exceeded
     * @param shortest the shortest pause
     * @param took how long the server's last answer took
     */
    Duration pause(Duration usual, Duration shortest, Duration took) {
        return expectation
                .waiting()
                .map(age -> min(max(age.dividedBy(SHARE), shortest), LONGEST))
                .map(pause -> min(max(pause, took), usual))
                .orElse(usual);
    }

    static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
