/**
 * When things happen: each target's probes at its interval, and the look for what became of them.
 *
 * <p>What is due stands on the {@link org.mailsonar.roundtrip.Agenda} in the database, so a monitor that was restarted goes on where it was:
 * it neither sends all at once nor leaves a probe out, and several monitors share the work. {@link org.mailsonar.schedule.ProbeSchedule}
 * takes what is due and sends it, each on a virtual thread, so a host that hangs holds up nobody else; whatever happens to a probe
 * has its target judged anew.
 */
@NullMarked
package org.mailsonar.schedule;

import org.jspecify.annotations.NullMarked;
