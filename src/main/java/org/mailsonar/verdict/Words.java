package org.mailsonar.verdict;

import java.time.Duration;
import java.time.Instant;
import org.mailsonar.message.OneLine;
import org.mailsonar.roundtrip.Outcome;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.time.UtcText;

/** How times and outcomes are said to people. */
final class Words {

    /** What is said of a target of which nothing is known yet. */
    static final String NOT_PROBED_YET = "not probed yet";

    /** What is said of a target that is in nobody's file any more. */
    static final String LEFT = "left the configuration";

    private Words() {}

    /** {@code 40 min 30 s}, {@code 1 d 2 h}, {@code 2.5 s}, {@code 350 ms}: what is too fine to matter is left out. */
    static String of(Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0) {
            return time.toMillis() + " ms";
        }
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            long tenths = time.toMillisPart() / 100;
            return time.toSeconds() + (tenths == 0 ? "" : "." + tenths) + " s";
        }
        StringBuilder text = new StringBuilder();
        append(text, time.toDays(), "d");
        append(text, time.toHoursPart(), "h");
        append(text, time.toMinutesPart(), "min");
        append(text, time.toSecondsPart(), "s");
        return text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number > 0) {
            text.append(text.isEmpty() ? "" : " ").append(number).append(' ').append(unit);
        }
    }

    /** What a probe's outcome says of its target; one printable line. */
    static String of(ProbeRecord probe) {
        String said = switch (probe.outcome()) {
            case Outcome.InFlight _ -> "on its way for more than " + of(probe.slowAfter());
            case Outcome.Returned(var trip) -> "the round trip took " + of(trip.time());
            case Outcome.Late(var trip) -> "came back late, after " + of(trip.time());
            case Outcome.Lost _ -> "nothing came back within " + of(probe.timeout());
            case Outcome.Refused(String why) -> "refused: " + why;
            case Outcome.Bounced(String why) -> "bounced: " + why;
            case Outcome.Deferred(String why) -> "refused for now: " + why;
            case Outcome.SendFailed(String why) -> "could not be sent: " + why;
            case Outcome.Inconclusive(String why) -> why;
        };
        return OneLine.printable(said);
    }

    /** That nobody looks any more. */
    static String notLookedAtSince(Instant last) {
        return noProbeSince(last).replace("no probe", "not looked at");
    }

    /** That nobody probes any more. */
    static String noProbeSince(Instant sent) {
        String text = UtcText.millis(sent);
        return "no probe since " + text.substring(0, text.indexOf('.')) + "Z";
    }
}
