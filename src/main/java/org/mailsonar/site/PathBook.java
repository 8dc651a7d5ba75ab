package org.mailsonar.site;

import java.time.Instant;
import java.util.function.Consumer;

/** Where path runs are kept. Implemented by the store. Thread-safe. Methods throw the store's exception when it cannot be read or written. */
public interface PathBook {

    /** Keeps one. */
    void add(String vantage, PathRun run);

    /** Shows every run that began in a time, oldest first, one at a time and never all in memory. */
    void each(Instant from, Instant until, Consumer<PathRun> reader);

    /** The same of one vantage alone. */
    void each(String vantage, Instant from, Instant until, Consumer<PathRun> reader);
}
