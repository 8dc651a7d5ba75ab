package org.mailsonar.roundtrip;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Declares probes lost that did not come back in time. A probe of before this process gets its time-out once more from the start
 * on: its return may be waiting in a mail server's queue because nobody was here to take it, and to be stopped is no outage of the
 * target. Thread-safe.
 */
public final class OverdueProbes {

    private final Ledger ledger;
    private final Flights flights;
    private final TimeSource time;
    private final Consumer<ProbeRecord> ended;
    private final Moment started;

    /**
     * A look-out that begins now.
     *
     * @param flights shared with the {@link ProbeDispatcher} of the same process
     * @param ended told of each probe that was declared lost
     */
    public OverdueProbes(Ledger ledger, Flights flights, TimeSource time, Consumer<ProbeRecord> ended) {
        this.ledger = ledger;
        this.flights = flights;
        this.time = time;
        this.ended = ended;
        this.started = time.now();
    }

    /** Declares all lost that are due. */
    public void declareLost() {
        Moment now = time.now();
        // Where the wall clock was set back meanwhile, the ledger is asked by the time that it would show.
        Instant unstepped = started.wall().plus(now.since(started));
        Instant latest = unstepped.isAfter(now.wall()) ? unstepped : now.wall();
        for (ProbeRecord probe : ledger.overdue(latest)) {
            if (isDue(probe, now) && ledger.lost(probe.id())) {
                ended.accept(probe.with(new Outcome.Lost(), probe.deadline()));
            }
        }
    }

    /** By the monotonic clock for what this process sent: a step of the wall clock is no reason to call anything lost. */
    private boolean isDue(ProbeRecord probe, Moment now) {
        Optional<Moment> left = flights.left(probe.id());
        if (left.isPresent()) {
            return now.since(left.get()).compareTo(probe.timeout()) > 0;
        }
        boolean fromBefore = probe.sent().isBefore(started.wall());
        return now.wall().isAfter(probe.deadline())
                && (!fromBefore || now.since(started).compareTo(probe.timeout()) > 0);
    }
}
