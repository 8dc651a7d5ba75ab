package org.mailsonar.report;

import io.micrometer.core.instrument.Timer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Transmission;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** A relay whose every answer is timed, and that knows since when the next hop takes nothing. Thread-safe as its relay is. */
public final class TimedRelay implements Relay {

    /**
     * The timers, one for each outcome.
     *
     * @param accepted for what the next hop took
     * @param refused for what it refused for good
     * @param deferred for all else
     */
    record Timers(Timer accepted, Timer refused, Timer deferred) {}

    /**
     * The next hop takes nothing.
     *
     * @param since the first return in a row that was deferred
     * @param last what became of the latest one
     */
    private record Trouble(Instant since, String last) {}

    private final Relay relay;
    private final Timers timers;
    private final TimeSource time;
    private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>();

    TimedRelay(Relay relay, Timers timers, TimeSource time) {
        this.relay = relay;
        this.timers = timers;
        this.time = time;
    }

    @Override
    public Transmission send(OutgoingMail mail) {
        Moment begun = time.now();
        Transmission transmission = relay.send(mail);
        Moment ended = time.now();
        timer(transmission).record(ended.since(begun));
        note(transmission, begun.wall());
        return transmission;
    }

    /** A line that says since when nothing is accepted and why, or nothing when the last return was answered for good. */
    public Optional<String> trouble() {
        Trouble now = trouble.get();
        return now == null
                ? Optional.empty()
                : Optional.of("relay " + describe() + " accepts no returns since " + now.since() + ": " + now.last());
    }

    @Override
    public Optional<String> check() {
        return relay.check();
    }

    @Override
    public String describe() {
        return relay.describe();
    }

    @Override
    public void close() {
        relay.close();
    }

    private Timer timer(Transmission transmission) {
        return switch (transmission) {
            case Transmission.Accepted _ -> timers.accepted();
            case Transmission.Refused _ -> timers.refused();
            case Transmission.Deferred _ -> timers.deferred();
        };
    }

    private void note(Transmission transmission, Instant begun) {
        if (transmission instanceof Transmission.Deferred(String why, boolean _)) {
            trouble.updateAndGet(before -> new Trouble(before == null ? begun : before.since(), why));
        } else if (trouble.get() != null) {
            trouble.set(null);
        }
    }
}
