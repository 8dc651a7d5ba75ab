package org.mailsonar.notify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mailsonar.verdict.Change;

/**
 * Something to be told by one rule.
 *
 * @param number the database's; 0 before it is written
 * @param key what makes it one of its kind, such as {@code 4711/pager/repeat/3}: a second one with the same key is not written
 * @param rule by whose ways it is told
 * @param kind what makes it worth telling
 * @param change what it is about
 * @param due when it is to leave, at the earliest
 * @param way by which of the ways it was tried last, from 0
 * @param attempts how often it was tried by all ways together
 * @param trouble what is known of the last attempt; null before it
 */
public record Dispatch(
        long number,
        String key,
        String rule,
        Kind kind,
        Change change,
        Instant due,
        int way,
        int attempts,
        @Nullable String trouble) {

    /** What makes it worth telling. */
    public enum Kind {
        /** The verdict has changed. */
        CHANGE,
        /** It is still so. */
        REPEAT,
        /** It is still so, and nobody has said that he knows. */
        ESCALATION
    }
}
