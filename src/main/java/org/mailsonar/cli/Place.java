package org.mailsonar.cli;

import java.util.Optional;

/**
 * Something that a configuration has at work: a listener, a directory, a mailbox. Two configurations have the same place when {@link
 * #where} is equal; it is left alone when {@link #settings} are equal too. All that is thrown has one line for people as its message.
 */
interface Place {

    /** What can be there only once: an address and port, a directory, a mailbox. */
    Object where();

    /** All that makes a difference; compared by {@code equals}. */
    Object settings();

    /** Puts it to work; an {@link org.mailsonar.intake.Intake} where mail comes in. */
    AutoCloseable start();

    /**
     * Gives one that is at work at the same place these settings, without a break.
     *
     * @return false when it cannot do that; then it is closed and another one started
     */
    default boolean change(AutoCloseable running) {
        return false;
    }

    /** Tries whether it could be put to work, without taking any mail; what stands in the way, with the remedy. */
    Optional<String> check();

    /** What it is, for people. */
    String describe();
}
