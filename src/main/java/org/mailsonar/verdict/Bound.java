package org.mailsonar.verdict;

import java.time.Duration;
import org.mailsonar.roundtrip.Judged;
import org.mailsonar.roundtrip.Timing;

/**
 * The longest time from a fault to the moment at which a target is held down. A fault may begin just after a probe went through; the next
 * one has to be lost, and one more that is sent when that is known: the retry, or the regular one where that is due before.
 */
public final class Bound {

    /** A regular probe that is due so shortly after a loss may as well have left just before it, and then proves nothing. */
    private static final Duration JUST_BEFORE = Duration.ofSeconds(1);

    private Bound() {}

    /** The bound; a monitor's own delays, such as the seconds in which a probe is sent, are not in it. */
    public static Duration of(Timing timing) {
        return timing.every().plus(timing.timeout()).plus(gap(timing)).plus(timing.timeout());
    }

    /** {@code company: told down at most 40 min 30 s after a fault (20 min + 10 min + 30 s + 10 min)}. */
    public static String text(Judged target) {
        Timing timing = target.timing();
        return target.name() + ": told down at most " + Words.of(of(timing)) + " after a fault ("
                + Words.of(timing.every()) + " + " + Words.of(timing.timeout()) + " + " + Words.of(gap(timing))
                + " + " + Words.of(timing.timeout()) + ")";
    }

    /** From the moment at which the first loss is known until the next probe leaves. */
    private static Duration gap(Timing timing) {
        Duration every = timing.every();
        Duration past = every.multipliedBy(timing.timeout().dividedBy(every));
        Duration regular = past.plus(every).minus(timing.timeout());
        if (regular.compareTo(every) < 0 && regular.compareTo(JUST_BEFORE) < 0) {
            regular = regular.plus(every);
        }
        return regular.compareTo(timing.retryAfter()) < 0 ? regular : timing.retryAfter();
    }
}
