package org.mailsonar.intake;

/** A place where mail comes in and that is at work until it is closed: a listener, a watched directory, a mailbox. Thread-safe. */
public interface Intake extends AutoCloseable {

    /** Where it is, for logs: {@code smtp://127.0.0.1:2525}; no secret in it. */
    String describe();

    /**
     * Ends the work: takes nothing new, and waits within a limit of its own for what is being handled. What is not done by then stays
     * with whoever brought it. Closing twice does nothing.
     */
    @Override
    void close();
}
