package org.mailsonar.verdict;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.Attendance;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** Which vantages are alive, asked of the attendance at most every few seconds. Thread-safe. */
final class Voters {

    /** A vantage none of whose monitors gave a sign for so long does not vote. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    private static final Duration KEPT = Duration.ofSeconds(5);

    private record Count(Moment at, Set<String> fresh) {}

    private final String vantage;
    private final Attendance attendance;
    private final TimeSource time;
    private volatile @Nullable Count last;

    /** The vantage of this very monitor is always alive. */
    Voters(String vantage, Attendance attendance, TimeSource time) {
        this.vantage = vantage;
        this.attendance = attendance;
        this.time = time;
    }

    /** The vantages of which a monitor that can see gave a sign lately. */
    Set<String> fresh() {
        Moment now = time.now();
        Count known = last;
        if (known == null || now.since(known.at()).compareTo(KEPT) >= 0) {
            known = new Count(now, read(now));
            last = known;
        }
        return known.fresh();
    }

    private Set<String> read(Moment now) {
        Set<String> fresh = new HashSet<>();
        fresh.add(vantage);
        for (Attendance.Sign sign : attendance.signs()) {
            boolean lately = !sign.at().isBefore(now.wall().minus(SILENCE));
            if (lately && sign.blind() == null) {
                fresh.add(sign.vantage());
            }
        }
        return Set.copyOf(fresh);
    }
}
