package org.mailsonar.verdict.fault;

import java.util.List;

/**
 * One fault, two of them, or none, and how well that explains what was seen.
 *
 * @param faults what is assumed
 * @param weight how probable it is, beside the other explanations; all together are 1 once {@link Explanations} has weighed them
 */
record Explanation(List<Fault> faults, double weight) {}
