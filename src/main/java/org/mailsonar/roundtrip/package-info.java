/**
 * The monitor's side of a probe: sent, waited for, received, timed.
 *
 * <p>{@link org.mailsonar.roundtrip.ProbeDispatcher} writes a probe into the {@link org.mailsonar.roundtrip.Ledger} and then sends it;
 * {@link org.mailsonar.roundtrip.ReturnDesk} stands behind the monitor's intakes, proves what comes and writes the {@link
 * org.mailsonar.roundtrip.RoundTrip} beside the probe. Since a probe is in the ledger before it leaves, a monitor that is killed
 * and started again picks up what is in flight; since only the first return counts, one that comes twice does no harm.
 *
 * <p>The round trip is the one metric. It is the time between two readings of the monitor's own clock: of the monotonic
 * one when the same process saw both ends, of the wall clock when not, and the record says which. What the reflector says of its
 * own clock is kept as evidence and enters nothing.
 */
@NullMarked
package org.mailsonar.roundtrip;

import org.jspecify.annotations.NullMarked;
