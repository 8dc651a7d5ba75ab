package org.mailsonar.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does. Looks often and gives up at a deadline; for use where nothing can be signalled. */
public final class Poll {

    /** Long enough for a loaded machine; a test that passes never waits that long. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private Poll() {}

    /**
     * Returns once the condition holds.
     *
     * @param what ends the sentence "still waiting for …"
     * @throws IllegalStateException at the deadline
     */
    public static void until(String what, BooleanSupplier condition) {
        value(what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Returns the first value that is present; otherwise like {@link #until}. */
    public static <T> T value(String what, Supplier<Optional<T>> source) {
        long start = System.nanoTime();
        while (true) {
            Optional<T> found = source.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("after " + PATIENCE.toSeconds() + " s still waiting for " + what);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
