package org.mailsonar.verdict;

import java.time.Instant;

/**
 * What one vantage holds of a target.
 *
 * @param at when it was last judged
 */
public record Standing(String target, String vantage, Verdict verdict, Instant at) {}
