package org.mailsonar.check;

/** One thing that can be looked at. Thread-safe, unless it says otherwise. */
public interface Check {

    /** What is looked at, as the user wrote it and without secrets: {@code smtp://mx1.company.test:25}. */
    String name();

    /**
     * Whether it can be looked at now. False while somebody else is at it and it bears one at a time; then it is to be asked again soon. Does
     * not wait, but may read a database.
     */
    default boolean isFree() {
        return true;
    }

    /**
     * Looks at it once. Blocks, at most as long as its own limits say; meant for a virtual thread.
     *
     * @return what was found; whatever the other side does ends in a result and never in an exception
     * @throws InterruptedException when the caller gave up on it
     */
    CheckResult run() throws InterruptedException;
}
