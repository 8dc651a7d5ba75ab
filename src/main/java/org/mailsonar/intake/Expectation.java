package org.mailsonar.intake;

import java.time.Duration;
import java.util.Optional;

/**
 * What an intake that has to look for mail knows of mail that is on its way, so that it looks more often while some is. Thread-safe.
 */
public interface Expectation {

    /** Nothing is ever expected, or nobody can tell. */
    Expectation NONE = new Expectation() {
        @Override
        public Optional<Duration> waiting() {
            return Optional.empty();
        }

        @Override
        public Subscription onNewWait(Runnable wake) {
            return () -> {};
        }
    };

    /**
     * For how long the newest mail that is expected has been expected, by the monotonic clock; empty while none is. The newest, since a
     * slow one that is overdue for minutes must not make the next one be looked for slowly.
     */
    Optional<Duration> waiting();

    /**
     * From now on this is run whenever mail begins to be expected: an intake that sleeps until its next look must not sleep over it.
     *
     * @param wake is quick, does not block, throws nothing, and may run on any thread
     * @return ends it when it is closed
     */
    Subscription onNewWait(Runnable wake);

    /** Can be ended. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {

        @Override
        void close();
    }
}
