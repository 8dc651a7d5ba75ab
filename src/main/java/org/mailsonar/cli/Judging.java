package org.mailsonar.cli;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How targets are judged.
 *
 * @param one judges the target of a name, after something happened to it
 * @param all looks at those whose verdict time alone may have changed
 * @param allEvery how often {@code all} is to be done
 */
record Judging(Consumer<String> one, Runnable all, Duration allEvery) {}
