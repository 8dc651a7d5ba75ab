/**
 * When things happen: each target's probes at its interval, and the look for probes that are overdue.
 *
 * <p>What is due is worked out from the ledger, so a monitor that was restarted goes on where it was: it neither sends all at once nor
 * leaves a probe out. Sending blocks on a mail server, so each sending has a virtual thread of its own and a host that hangs holds up
 * nobody else.
 */
@NullMarked
package org.mailsonar.schedule;

import org.jspecify.annotations.NullMarked;
