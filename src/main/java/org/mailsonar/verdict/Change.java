package org.mailsonar.verdict;

import java.time.Instant;
import java.util.List;

/**
 * A target's verdict became another.
 *
 * @param number the database's; grows with time; 0 before it is written
 * @param from what was held before
 * @param verdict what is held now
 * @param at when it changed
 * @param votes as in {@link Situation}
 * @param heldBack whether it is for the record alone, since the target flaps: nobody is told
 * @param tags the target's
 */
public record Change(
        long number,
        String target,
        Verdict.State from,
        Verdict verdict,
        Instant at,
        String votes,
        boolean heldBack,
        List<String> tags) {

    public Change {
        tags = List.copyOf(tags);
    }
}
