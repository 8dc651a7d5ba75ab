package org.mailsonar.roundtrip;

import java.time.Instant;
import java.util.function.Consumer;
import org.mailsonar.time.TimeSource;

/**
 * Declares probes lost that did not come back in time. A probe of before this process gets its time-out once more from the start
 * on: its return may be waiting in a mail server's queue because nobody was here to take it, and to be stopped is no outage of the
 * target. Thread-safe.
 */
public final class OverdueProbes {

    private final Ledger ledger;
    private final TimeSource time;
    private final Consumer<ProbeRecord> ended;
    private final Instant started;

    /**
     * A look-out that begins now.
     *
     * @param ended told of each probe that was declared lost
     */
    public OverdueProbes(Ledger ledger, TimeSource time, Consumer<ProbeRecord> ended) {
        this.ledger = ledger;
        this.time = time;
        this.ended = ended;
        this.started = time.now().wall();
    }

    /** Declares all lost that are due. */
    public void declareLost() {
        Instant now = time.now().wall();
        for (ProbeRecord probe : ledger.overdue(now)) {
            boolean fromBefore = probe.sent().isBefore(started);
            boolean due = !fromBefore || now.isAfter(started.plus(probe.timeout()));
            if (due && ledger.lost(probe.id())) {
                ended.accept(probe.with(new Outcome.Lost()));
            }
        }
    }
}
