package org.mailsonar.schedule;

import java.time.Duration;

/** Runs tasks later, one after another on a thread of its own; a task must not block and tells of its failures itself. */
interface Timer extends AutoCloseable {

    /** Runs a task once, after a delay; zero or less is at once. After {@link #close} it does nothing. */
    void after(Duration delay, Runnable task);

    /** Forgets all tasks. */
    @Override
    void close();
}
