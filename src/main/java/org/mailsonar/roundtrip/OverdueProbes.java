package org.mailsonar.roundtrip;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * Gives probes that did not come back in time their outcome: lost, or inconclusive where the monitor that sent them could not have seen
 * them come. A probe of before this process gets its time-out once more from the start on: its return may be waiting in a mail
 * server's queue because nobody was here to take it. Probes of another monitor that is at work are left to that one. Thread-safe.
 */
public final class OverdueProbes {

    /** A monitor that has said nothing for so long is not at work. */
    public static final Duration SILENCE = Duration.ofSeconds(60);

    /** After a blindness so much time is given to what has waited, and never more than the probe's time-out. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private final MonitorSettings settings;
    private final Ledger ledger;
    private final Attendance attendance;
    private final Flights flights;
    private final Sight sight;
    private final TimeSource time;
    private final Consumer<ProbeRecord> ended;
    private final Moment started;

    /**
     * A look-out that begins now.
     *
     * @param flights shared with the {@link ProbeDispatcher} of the same process
     * @param ended told of each probe that was given an outcome here
     */
    public OverdueProbes(
            MonitorSettings settings,
            Ledger ledger,
            Attendance attendance,
            Flights flights,
            Sight sight,
            TimeSource time,
            Consumer<ProbeRecord> ended) {
        this.settings = settings;
        this.ledger = ledger;
        this.attendance = attendance;
        this.flights = flights;
        this.sight = sight;
        this.time = time;
        this.ended = ended;
        this.started = time.now();
    }

    /** Decides on all that are due. */
    public void decide() {
        Moment now = time.now();
        // Where the wall clock was set back meanwhile, the ledger is asked by the time that it would show.
        Instant unstepped = started.wall().plus(now.since(started));
        Instant latest = unstepped.isAfter(now.wall()) ? unstepped : now.wall();
        List<ProbeRecord> candidates = ledger.overdue(settings.vantage(), settings.monitor(), latest);
        if (candidates.isEmpty()) {
            return;
        }
        Map<String, Instant> lastSigns = lastSignsOfOthers();
        for (ProbeRecord probe : candidates) {
            Instant lastSign = lastSigns.getOrDefault(probe.monitor(), Instant.MIN);
            boolean leftToAnother = lastSign.isAfter(now.wall().minus(SILENCE));
            if (isDue(probe, now) && !leftToAnother) {
                decide(probe, lastSign, now);
            }
        }
    }

    /** What a command has sent comes back to where this monitor looks. */
    private boolean isOwn(ProbeRecord probe) {
        return probe.monitor().isEmpty() || probe.monitor().equals(settings.monitor());
    }

    private Map<String, Instant> lastSignsOfOthers() {
        return attendance.signs().stream()
                .filter(sign -> !sign.monitor().equals(settings.monitor()))
                .collect(Collectors.toMap(Attendance.Sign::monitor, Attendance.Sign::at));
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

    private void decide(ProbeRecord probe, Instant lastSign, Moment now) {
        Duration grace = probe.timeout().compareTo(GRACE) < 0 ? probe.timeout() : GRACE;
        if (!sight.isClearFor(grace, now)) {
            return; // what waits for it to see again comes in first
        }
        sight.missed(probe);
        Optional<String> excuse = isOwn(probe) ? sight.excuse(probe) : excuseOfAnother(probe, lastSign);
        Outcome outcome = excuse.<Outcome>map(Outcome.Inconclusive::new).orElseGet(Outcome.Lost::new);
        Instant at = excuse.isPresent() ? now.wall() : probe.deadline();
        ledger.end(probe.id(), outcome, at)
                .filter(Ledger.Entry::first)
                .map(Ledger.Entry::probe)
                .ifPresent(ended);
    }

    /** Where its sender was silent over the deadline, nobody may have looked where it came back to, or it may never have left. */
    private Optional<String> excuseOfAnother(ProbeRecord probe, Instant lastSign) {
        if (lastSign.isBefore(probe.deadline())) {
            return Optional.of(Absences.WHY);
        }
        return Sight.excuse(
                probe,
                attendance.blindnesses(probe.vantage(), probe.sent(), probe.deadline()).stream()
                        .filter(blindness -> blindness.monitor().equals(probe.monitor()))
                        .toList());
    }
}
