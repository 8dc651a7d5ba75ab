/**
 * Finds which machine of a site is at fault, and the cause of a lost round trip.
 *
 * <p>{@link org.mailsonar.verdict.fault.FaultFinder} is a pure function. Each path run is taken apart into its legs, each directed check is
 * one more sight of a machine. For each fault that the site can have (a machine that is down, slow, refuses or holds mail; an account;
 * the way between two machines; this monitor's own network) it is known what would then be seen where, and how surely. The fault, or the
 * pair of faults, that explains what failed and contradicts nothing that worked is the suspect; the rule is Bayes', with fixed
 * weights, so the order is always the same for the same observations. Certain is only what was seen directly, at a machine that
 * answers for itself, while others could be reached.
 */
@NullMarked
package org.mailsonar.verdict.fault;

import org.jspecify.annotations.NullMarked;
