package org.mailsonar.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailsonar.check.host.HostSample;

/** Where results are kept. Implemented by the store. Thread-safe. Methods throw the store's exception when it cannot be read or written. */
public interface CheckBook {

    /** Keeps one. */
    void add(CheckRecord result);

    /**
     * The newest results of a target at one vantage, newest first.
     *
     * @param upTo none that began later
     */
    List<CheckRecord> newest(String target, String vantage, Instant upTo, int most);

    /** The newest result of a target at any vantage that began at a time or later; empty where there is none. */
    Optional<CheckRecord> newest(String target, Instant since);

    /** Shows every result that began in a time, oldest first, one at a time and never all in memory. */
    void each(Instant from, Instant until, Consumer<CheckRecord> reader);

    /** Keeps what a machine looked like. */
    void add(HostSample sample);

    /** Shows every sample taken in a time, oldest first, and by host those of one moment, one at a time. */
    void eachSample(Instant from, Instant until, Consumer<HostSample> reader);
}
