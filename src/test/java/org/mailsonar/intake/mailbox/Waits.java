package org.mailsonar.intake.mailbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.Expectation;

/** Mail is expected as a test says. Thread-safe. */
final class Waits implements Expectation {

    private final AtomicReference<@Nullable Long> since = new AtomicReference<>();
    private final List<Runnable> sleepers = new CopyOnWriteArrayList<>();

    /** From now on mail is expected, and who sleeps is woken. */
    void begin() {
        beginQuietly();
        sleepers.forEach(Runnable::run);
    }

    /** From now on mail is expected, and nobody is woken. */
    void beginQuietly() {
        since.set(System.nanoTime());
    }

    void end() {
        since.set(null);
    }

    /** How many would be woken. */
    int sleepers() {
        return sleepers.size();
    }

    @Override
    public Optional<Duration> waiting() {
        Long begun = since.get();
        return begun == null ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - begun));
    }

    @Override
    public Subscription onNewWait(Runnable wake) {
        sleepers.add(wake);
        return () -> sleepers.remove(wake);
    }
}
