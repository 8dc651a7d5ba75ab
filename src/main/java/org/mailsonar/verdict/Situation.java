package org.mailsonar.verdict;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all vantages together hold of a target.
 *
 * @param verdict what is said to people
 * @param held what would be said if it did not change so often; null when it is what is said
 * @param votes how many vantages hold it down, of how many that may vote, and how many must: {@code 2 of 3, needs 2}
 * @param turns when what would be said went between good and bad, newest first; at most 50, and none older than the policy's time
 * @param version one more with each change; 0 for one that was never written
 */
public record Situation(
        String target, Verdict verdict, @Nullable Verdict held, String votes, List<Instant> turns, long version) {

    public Situation {
        turns = List.copyOf(turns);
    }

    /** Whether there is nothing to look at again: all is well, or not to be judged, and nothing better is held back. */
    boolean isWell() {
        return held == null
                && (verdict.state() == Verdict.State.HEALTHY || verdict.state() == Verdict.State.NOT_APPLICABLE);
    }
}
