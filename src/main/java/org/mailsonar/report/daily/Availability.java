package org.mailsonar.report.daily;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * For how long a target's verdict was what, as people were told it: what was held back while it flapped is not looked at.
 *
 * @param up healthy, slow, or a warning
 * @param slow of this, slow
 * @param down down, or failing
 * @param inconclusive nothing was known for certain; left out of the base
 * @param notApplicable a stand-by node, maintenance, or disabled; left out of the base
 * @param unknown it was not probed; left out of the base
 */
public record Availability(
        Duration up, Duration slow, Duration down, Duration inconclusive, Duration notApplicable, Duration unknown) {

    /** How much of 100 it was up, of the time in which it was up or down; empty when there is none. */
    public OptionalDouble percent() {
        Duration base = up.plus(down);
        return base.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of(100.0 * up.toNanos() / (double) base.toNanos());
    }

    /** What is left out of the base. */
    public Duration leftOut() {
        return inconclusive.plus(notApplicable).plus(unknown);
    }
}
