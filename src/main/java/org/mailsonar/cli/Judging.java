package org.mailsonar.cli;

import java.time.Duration;
import java.util.function.Consumer;
import org.mailsonar.roundtrip.ProbeRecord;
import org.mailsonar.verdict.CheckAssessor;

/**
 * How targets are judged.
 *
 * @param one judges the target of a probe to which something happened
 * @param checks judges what checks have looked at
 * @param all looks at those whose verdict time alone may have changed
 * @param allEvery how often {@code all} is to be done
 */
record Judging(Consumer<ProbeRecord> one, CheckAssessor checks, Runnable all, Duration allEvery) {}
