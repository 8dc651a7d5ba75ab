package org.mailsonar.check;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was found when something was looked at.
 *
 * @param name what was looked at, without secrets
 * @param state how it stands
 * @param reason why, one line for people; also says in a few words what is well
 * @param at when it began
 * @param took how long all of it took, on the monotonic clock
 * @param steps what was done, in order, with the one that failed at the end
 * @param measures what was counted or measured
 * @param trouble what is wrong, for programs; null when nothing is, and where only a measure crossed its threshold
 * @param tls what the encrypted connection is like; null where there is none
 * @param transcript what was said, for people, {@code C:} and {@code S:} before each line, without secrets; empty where nothing was
 */
public record CheckResult(
        String name,
        State state,
        String reason,
        Instant at,
        Duration took,
        List<Step> steps,
        List<Measure> measures,
        @Nullable Trouble trouble,
        @Nullable TlsFacts tls,
        String transcript) {

    public CheckResult {
        steps = List.copyOf(steps);
        measures = List.copyOf(measures);
    }

    /** How it stands, in the convention of monitoring plugins. */
    public enum State {
        /** As it should be. */
        GOOD,
        /** It works, and something about it wants attention: it is slow, a certificate ends soon, a queue grows. */
        WARNING,
        /** It does not work. */
        FAILING,
        /** It could not be looked at; that says nothing about the other side. */
        UNKNOWN;

        /** The exit status: 0 to 3. */
        public int status() {
            return switch (this) {
                case GOOD -> 0;
                case WARNING -> 1;
                case FAILING -> 2;
                case UNKNOWN -> 3;
            };
        }

        /** Its name in output and in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The state of a name.
         *
         * @throws IllegalArgumentException when there is none of this name
         */
        public static State of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        /** The worse of two: failing before warning before unknown before good. */
        public State worse(State other) {
            return rank() >= other.rank() ? this : other;
        }

        private int rank() {
            return switch (this) {
                case GOOD -> 0;
                case UNKNOWN -> 1;
                case WARNING -> 2;
                case FAILING -> 3;
            };
        }
    }

    /**
     * One step.
     *
     * @param name a word or two: {@code look-up}, {@code connect}, {@code TLS}, {@code greeting}, {@code MAIL FROM}
     * @param took how long it took
     */
    public record Step(String name, Duration took) {}
}
