package org.mailsonar.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.notify.Dispatch;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Situation;
import org.mailsonar.verdict.Verdict;

/** What the parts of a store keep, made for tests. */
final class Lives {

    static final Instant START = Probes.START;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Lives() {}

    /** A probe that turns slow after two minutes and is lost after ten. */
    static ProbeRecord probe(String target, String vantage, Instant sent) {
        return ProbeRecord.leaving(
                ProbeId.create(sent, RANDOM),
                new Target(
                        target,
                        EmailAddress.parse("webscout@company.test"),
                        Duration.ofMinutes(20),
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(10),
                        0),
                vantage,
                vantage + "-1",
                true,
                sent);
    }

    static Verdict verdict(Verdict.State state, Instant since) {
        return new Verdict(state, since, "a cause of " + state.text(), Duration.ofMillis(41), since.minusSeconds(60));
    }

    static Situation situation(String target, Verdict.State state, @Nullable Verdict held, long version) {
        return new Situation(
                target,
                verdict(state, START),
                held,
                "2 of 3, needs 2",
                List.of(START.plusSeconds(9), START.plusSeconds(3)),
                version);
    }

    static Change change(String target, Verdict.State from, Verdict.State state, Instant at, boolean heldBack) {
        return new Change(0, target, from, verdict(state, at), at, "1 of 1, needs 1", heldBack, List.of("site a", "b"));
    }

    static Dispatch dispatch(Change change, String key, Instant due) {
        return new Dispatch(0, key, "pager", Dispatch.Kind.CHANGE, change, due, 0, 0, null);
    }
}
