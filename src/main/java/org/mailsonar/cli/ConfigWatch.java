package org.mailsonar.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sees to it that a configuration is read again: at once when asked to, and when one of its files has changed and then been left alone
 * for a moment, so that a burst of changes is one. It looks every two seconds; file systems that tell of changes do not exist
 * everywhere, and those who replace whole directories are not seen by them. Thread-safe.
 */
final class ConfigWatch implements AutoCloseable {

    /** Reads the configuration again. */
    interface Reload {

        /** Gives the files that it is made of now. Every failure is its own to tell. */
        Collection<Path> run(Collection<Path> before);
    }

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration SETTLED_AFTER = Duration.ofMillis(300);

    private final Semaphore asked;
    private final Thread thread;
    private final Reload reload;
    private ConfigParts seen;
    private volatile boolean closed;

    /**
     * Watches from {@link #begin} on.
     *
     * @param asked is released by whoever wants the configuration read again at once
     * @param seen the files as they were before the configuration in force was read
     */
    ConfigWatch(Semaphore asked, ConfigParts seen, Reload reload) {
        this.asked = asked;
        this.seen = seen;
        this.reload = reload;
        this.thread = Thread.ofPlatform().daemon().name("configuration").unstarted(this::watch);
    }

    /** Begins to watch; what was asked for before is done now. */
    ConfigWatch begin() {
        thread.start();
        return this;
    }

    /** Ends it; a reading under way goes to its end first. */
    @Override
    public void close() {
        closed = true;
        asked.release();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        while (!closed) {
            try {
                boolean wasAsked = await(LOOK_EVERY);
                if (!closed && (wasAsked || hasChangedAndSettled())) {
                    ConfigParts before = seen.now();
                    seen = before.become(reload.run(before.files()));
                }
            } catch (InterruptedException impossible) {
                return; // nobody knows this thread
            }
        }
    }

    private boolean hasChangedAndSettled() throws InterruptedException {
        ConfigParts last = seen.now();
        if (last.sameAs(seen)) {
            return false;
        }
        boolean settled = false;
        while (!settled && !await(SETTLED_AFTER)) {
            ConfigParts now = last.now();
            settled = now.sameAs(last);
            last = now;
        }
        return true;
    }

    private boolean await(Duration limit) throws InterruptedException {
        boolean wasAsked = asked.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
        asked.drainPermits();
        return wasAsked;
    }
}
