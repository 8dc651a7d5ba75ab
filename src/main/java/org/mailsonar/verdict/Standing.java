package org.mailsonar.verdict;

import java.time.Instant;

/**
 * What one vantage holds of a target.
 *
 * @param at when it was last judged
 */
public record Standing(String target, String vantage, Verdict verdict, Instant at) {

    /** Whether two verdicts say the same of a target; their round trips may differ. */
    static boolean isSame(Verdict one, Verdict other) {
        return one.state() == other.state()
                && one.since().equals(other.since())
                && one.cause().equals(other.cause());
    }
}
