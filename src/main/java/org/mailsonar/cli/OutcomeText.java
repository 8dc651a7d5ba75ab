package org.mailsonar.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.mailsonar.message.OneLine;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.RoundTrip;
import org.mailsonar.roundtrip.Target;

/** What became of a probe, in words and as an exit status. */
final class OutcomeText {

    private OutcomeText() {}

    /** {@code webscout@company.test  round trip 0.041 s}. */
    static String line(ProbeRecord probe) {
        return probe.address() + "  " + words(probe);
    }

    /** {@code round trip 0.041 s}, {@code lost: nothing came back within 600 s}. */
    static String words(ProbeRecord probe) {
        return switch (probe.outcome()) {
            case Outcome.InFlight inFlight -> "in flight: nothing has come back yet";
            case Outcome.Returned(RoundTrip trip) -> "round trip " + seconds(trip.time()) + " s";
            case Outcome.Late(RoundTrip trip) ->
                "late: round trip " + seconds(trip.time()) + " s, time-out " + wholeSeconds(probe.timeout()) + " s";
            case Outcome.Lost lost -> "lost: nothing came back within " + wholeSeconds(probe.timeout()) + " s";
            case Outcome.Refused(String why) -> "refused: " + OneLine.printable(why);
            case Outcome.Bounced(String why) -> "bounced: " + OneLine.printable(why);
            case Outcome.Deferred(String why) -> "deferred: " + OneLine.printable(why);
            case Outcome.SendFailed(String why) -> "send failed: " + OneLine.printable(why);
            case Outcome.Inconclusive(String why) -> "inconclusive: " + OneLine.printable(why);
        };
    }

    /** Why a probe did not come back, where somebody told. */
    static Optional<String> reason(ProbeRecord probe) {
        return switch (probe.outcome()) {
            case Outcome.Refused(String why) -> Optional.of(why);
            case Outcome.Bounced(String why) -> Optional.of(why);
            case Outcome.Deferred(String why) -> Optional.of(why);
            case Outcome.SendFailed(String why) -> Optional.of(why);
            case Outcome.Inconclusive(String why) -> Optional.of(why);
            case Outcome.InFlight _, Outcome.Returned _, Outcome.Late _, Outcome.Lost _ -> Optional.empty();
        };
    }

    /** The plugin convention's status: 0 good, 1 slow or late, 2 failing, 3 unknown. */
    static int status(ProbeRecord probe, Target target) {
        return switch (probe.outcome()) {
            case Outcome.InFlight inFlight -> ExitStatus.UNKNOWN;
            case Outcome.Returned(RoundTrip trip) ->
                trip.time().compareTo(target.slowAfter()) < 0 ? ExitStatus.GOOD : ExitStatus.SLOW;
            case Outcome.Late late -> ExitStatus.SLOW;
            case Outcome.Lost lost -> ExitStatus.FAILING;
            case Outcome.Refused refused -> ExitStatus.FAILING;
            case Outcome.Bounced bounced -> ExitStatus.FAILING;
            case Outcome.Deferred deferred -> ExitStatus.UNKNOWN;
            case Outcome.SendFailed failed -> ExitStatus.UNKNOWN;
            case Outcome.Inconclusive inconclusive -> ExitStatus.UNKNOWN;
        };
    }

    /** Seconds with three digits behind the point, whatever the language of the machine. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }

    /** Seconds, with a fraction only where there is one. */
    static String wholeSeconds(Duration duration) {
        return duration.equals(Duration.ofSeconds(duration.toSeconds()))
                ? String.valueOf(duration.toSeconds())
                : seconds(duration);
    }
}
