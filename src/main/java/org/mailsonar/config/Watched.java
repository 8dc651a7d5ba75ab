package org.mailsonar.config;

import org.mailsonar.roundtrip.Policy;
import org.mailsonar.roundtrip.Timing;

/**
 * A machine or a site that a monitor looks at by its schedule.
 *
 * @param name its name in output and in the database
 * @param timing when
 * @param policy how the results are judged, and who is told
 * @param what what its own file says
 */
public record Watched<T>(String name, Timing timing, Policy policy, T what) {}
