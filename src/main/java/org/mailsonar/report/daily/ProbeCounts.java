package org.mailsonar.report.daily;

import java.util.OptionalDouble;

/**
 * What became of probes.
 *
 * @param inTime came back within the time-out, slow ones too
 * @param slow of these, took longer than they should
 * @param late came back after the time-out
 * @param lost did not come back
 * @param refused not taken by the submission host, for good
 * @param bounced given back by a mail system on the way
 * @param deferred not taken for now; left out of the base, as the next three
 * @param sendFailed could not be handed over
 * @param inconclusive did not come back when the monitor could not have seen it
 * @param inFlight nothing has come yet
 * @param notApplicable sent while the target was not applicable, whatever became of them; left out of all the counts above
 * @param duplicates returns that came after the first; no probes
 */
public record ProbeCounts(
        long inTime,
        long slow,
        long late,
        long lost,
        long refused,
        long bounced,
        long deferred,
        long sendFailed,
        long inconclusive,
        long inFlight,
        long notApplicable,
        long duplicates) {

    /** All of them. */
    public long all() {
        return inTime + failed() + leftOut();
    }

    /** Those that did not come back in time: late, lost, refused, bounced. */
    public long failed() {
        return late + lost + refused + bounced;
    }

    /** Those that tell nothing of the target. */
    public long leftOut() {
        return deferred + sendFailed + inconclusive + inFlight + notApplicable;
    }

    /** How many of 100 came back in time, of those that tell something; empty when there is none. */
    public OptionalDouble percent() {
        long base = inTime + failed();
        return base == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * inTime / base);
    }
}
