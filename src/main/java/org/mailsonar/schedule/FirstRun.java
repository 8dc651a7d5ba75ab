package org.mailsonar.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.roundtrip.Target;

/** When each target's first probe after a start is due. A pure function of the targets, the ledger and the time. */
final class FirstRun {

    /** Between two probes that should have been sent while nobody was here to send them. */
    static final Duration CATCH_UP = Duration.ofSeconds(1);

    private FirstRun() {}

    /**
     * The delays until the first runs, in the order of the targets. One that was probed before is due one interval after its last
     * probe; those for which that has passed follow one another closely, and the ones never probed are spread over their
     * interval, so that many of them are no burst.
     */
    static List<Duration> delays(List<Target> targets, Map<String, ProbeRecord> newest, Instant now) {
        List<Duration> delays = new ArrayList<>();
        int overdue = 0;
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            ProbeRecord last = newest.get(target.name());
            Duration share = target.every().dividedBy(targets.size());
            if (last == null) {
                delays.add(share.multipliedBy(i));
                continue;
            }
            Duration untilDue = Duration.between(now, last.sent().plus(target.every()));
            delays.add(
                    untilDue.isPositive()
                            ? shorter(untilDue, target.every())
                            : shorter(share, CATCH_UP).multipliedBy(overdue++));
        }
        return delays;
    }

    /** Never more than one interval: a last probe that seems to lie in the future was sent before the clock was set back. */
    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
