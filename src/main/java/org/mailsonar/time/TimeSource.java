package org.mailsonar.time;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Where the time comes from. Implementations are thread-safe. */
@FunctionalInterface
public interface TimeSource {

    /** Reads both clocks now. */
    Moment now();

    /** The clocks of this machine. */
    static TimeSource system() {
        return of(InstantSource.system(), System::nanoTime);
    }

    /**
     * Any two clocks.
     *
     * @param wall gives the wall clock's time
     * @param monotonicNanos gives nanoseconds that never go back
     */
    static TimeSource of(InstantSource wall, LongSupplier monotonicNanos) {
        return () -> new Moment(wall.instant(), monotonicNanos.getAsLong());
    }
}
