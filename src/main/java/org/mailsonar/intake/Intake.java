package org.mailsonar.intake;

import java.time.Instant;
import java.util.Optional;

/** A place where mail comes in and that is at work until it is closed: a listener, a watched directory, a mailbox. Thread-safe. */
public interface Intake extends AutoCloseable {

    /** A place to which clients connect. */
    interface Listening extends Intake {

        /** How many clients are connected now. */
        int connections();
    }

    /** A place where mail lies until it is dealt with. Asked for metrics, so it answers at once. */
    interface Holding extends Intake {

        /** How many messages lie there, as far as is known. */
        int waiting();

        /** Since when the oldest of them has been there; empty when there is none. */
        Optional<Instant> oldest();
    }

    /** Where it is, for logs: {@code smtp://127.0.0.1:2525}; no secret in it. */
    String describe();

    /** What keeps it from working now, on one line for people, with the remedy; empty when nothing does. It answers at once. */
    default Optional<String> trouble() {
        return Optional.empty();
    }

    /**
     * Ends the work: takes nothing new, and waits within a limit of its own for what is being handled. What is not done by then stays
     * with whoever brought it. Closing twice does nothing.
     */
    @Override
    void close();
}
