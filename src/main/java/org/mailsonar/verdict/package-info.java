/**
 * What is held of a target, and when that changes.
 *
 * <p>{@link org.mailsonar.verdict.Judge} makes one vantage's {@link org.mailsonar.verdict.Verdict} of a target's newest probes, {@link
 * org.mailsonar.verdict.Quorum} one of all vantages' standings, {@link org.mailsonar.verdict.Steadiness} holds back what changes too
 * often: three pure functions of history and instant. {@link org.mailsonar.verdict.Assessor} calls them whenever something happened
 * and writes what came out into {@link org.mailsonar.verdict.Situations}, where of all monitors exactly one enters each change. {@link
 * org.mailsonar.verdict.Rounds} calls it for what changes by time alone. {@link org.mailsonar.verdict.Bound} says how late an outage is found
 * at worst.
 */
@NullMarked
package org.mailsonar.verdict;

import org.jspecify.annotations.NullMarked;
