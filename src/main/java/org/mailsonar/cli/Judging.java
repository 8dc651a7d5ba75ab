package org.mailsonar.cli;

import java.time.Duration;
import java.util.function.Consumer;
import org.mailsonar.roundtrip.ProbeRecord;

/**
 * How targets are judged.
 *
 * @param one judges the target of a probe to which something happened
 * @param all looks at those whose verdict time alone may have changed
 * @param allEvery how often {@code all} is to be done
 */
record Judging(Consumer<ProbeRecord> one, Runnable all, Duration allEvery) {}
