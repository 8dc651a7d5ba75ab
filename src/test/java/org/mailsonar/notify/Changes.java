package org.mailsonar.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;

/** Changes as a monitor finds them. */
final class Changes {

    /** Night in Sydney, and in the Java of these tests. */
    static final Instant NIGHT = Instant.parse("2026-11-21T02:14:00Z");

    private Changes() {}

    static Change of(long number, String target, Verdict.State from, Verdict.State state, Instant at) {
        String cause = switch (state) {
            case DOWN -> "two probes in a row did not come back within 10 min";
            case SLOW -> "the round trip took 4 min 10 s, slow is more than 2 min";
            case WARNING -> "the certificate ends in 12 days";
            case FAILING -> "one probe did not come back within 10 min";
            case INCONCLUSIVE -> "the monitor's own inbox cannot be read";
            case NOT_APPLICABLE -> "maintenance";
            case HEALTHY -> "";
        };
        Duration trip = switch (state) {
            case SLOW -> Duration.ofSeconds(250);
            case HEALTHY -> Duration.ofMillis(1612);
            default -> Duration.ofMillis(1437);
        };
        Verdict verdict = new Verdict(state, at, cause, trip, at.minus(Duration.ofMinutes(20)));
        String votes = state == Verdict.State.FAILING ? "1 of 3, needs 2" : "2 of 3, needs 2";
        return new Change(number, target, from, verdict, at, votes, false, List.of("gold"));
    }

    static Notice notice(Verdict.State state) {
        return new Notice(
                "7/night",
                Notice.Kind.CHANGE,
                of(7, "company", Verdict.State.HEALTHY, state, NIGHT),
                null,
                NIGHT.plusSeconds(1));
    }
}
