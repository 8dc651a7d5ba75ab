package org.mailsonar.intake.directory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Renews a lease every second, as long as the work goes on: whoever finds mail tells by {@link #beat} that it does. When its thread has
 * died, hangs in the file system, or has waited for five seconds for a place among the mails that are being handled, there is no beat
 * and the lease runs out: then {@code email_return} hands over no more and does the work itself, and a mail system's own queue holds
 * what is too much. Thread-safe.
 */
final class LeaseKeeper implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String TROUBLE = "the lease cannot be renewed, so email_return hands over no mail";

    private final Lease lease;
    private final Complaints complaints;
    private final TimeSource time;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable Moment lastBeat;

    LeaseKeeper(Lease lease, Complaints complaints, TimeSource time) {
        this.lease = lease;
        this.complaints = complaints;
        this.time = time;
    }

    /** From now on there is a thread that renews. */
    void start() {
        Thread.ofPlatform().daemon().name("lease").start(this::run);
    }

    /** The work goes on. The first beat renews the lease at once. */
    void beat() {
        boolean first = lastBeat == null;
        lastBeat = time.now();
        if (first) {
            turn();
        }
    }

    /** There is no place to look for mail at the moment. */
    void pause() {
        lastBeat = null;
    }

    /** Renews the lease if the work goes on. */
    synchronized void turn() {
        Moment beat = lastBeat;
        if (stopped.getCount() == 0 || beat == null || time.now().since(beat).compareTo(PATIENCE) > 0) {
            return;
        }
        try {
            lease.renew();
            complaints.over(TROUBLE, "the lease is renewed again");
        } catch (IOException | RuntimeException failed) {
            complaints.about(TROUBLE, Complaints.cause(failed));
        }
    }

    private void run() {
        try {
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                turn();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the lease, and it is not renewed any more. */
    @Override
    public synchronized void close() {
        stopped.countDown();
        try {
            lease.end();
        } catch (IOException remains) {
            complaints.about("the lease cannot be removed; it runs out by itself", Complaints.cause(remains));
        }
    }
}
