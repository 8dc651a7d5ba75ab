package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is held of a target.
 *
 * @param state in one word
 * @param since since when; for failing and down, when the first lost probe was sent
 * @param cause why, one line for people; empty where there is nothing to say
 * @param lastRoundTrip how long the newest probe that came back took; null when none did, and for what is no probe's target
 * @param lastReturn when that one came back, or what was looked at was well; null when it never was
 */
public record Verdict(
        State state,
        Instant since,
        String cause,
        @Nullable Duration lastRoundTrip,
        @Nullable Instant lastReturn) {

    /** The states, best first. */
    public enum State {
        /** Mail comes back, in good time. */
        HEALTHY,
        /** It is a stand-by node, in maintenance, or disabled. */
        NOT_APPLICABLE,
        /** Nothing is known for certain, since the monitor cannot see, or nobody let the probe in for now. */
        INCONCLUSIVE,
        /** What was looked at works, and something about it wants attention: a certificate ends soon, a queue grows. */
        WARNING,
        /** Mail comes back, and takes long; or it has been on its way for long. */
        SLOW,
        /** One probe was lost, or one look failed, and another one is to prove it; or fewer vantages say so than must. */
        FAILING,
        /** Mail does not flow, or what was looked at does not work. */
        DOWN;

        /** Its name in output and in the database: {@code not applicable}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /**
         * The state of a name.
         *
         * @throws IllegalArgumentException when there is none of this name
         */
        public static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace(' ', '_'));
        }
    }
}
