package org.mailsonar.roundtrip;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor's probes to itself tell: when one is lost, and nobody else's came back since it was sent, it is the monitor that is
 * cut off, and not all targets at once. Counts only once one has come back: else there may be no way from the submission host to the
 * monitor's own inbox. Thread-safe.
 */
final class SelfProbe {

    private boolean hasWorked;
    private @Nullable Instant lostSince;
    private @Nullable Instant lastReturn;

    /** Notes a return, of a probe to itself or to any target. */
    synchronized void returned(ProbeRecord probe, Instant now) {
        lastReturn = now;
        if (probe.target().equals(MonitorSettings.SELF)) {
            hasWorked = true;
            lostSince = null;
        }
    }

    /** Notes a probe that was not back in time. */
    synchronized void missed(ProbeRecord probe) {
        if (probe.target().equals(MonitorSettings.SELF)) {
            lostSince = probe.sent();
        }
    }

    /** Why the monitor is cut off; null when it is not. */
    synchronized @Nullable String trouble() {
        boolean cutOff = hasWorked && lostSince != null && (lastReturn == null || !lastReturn.isAfter(lostSince));
        return cutOff ? "the monitor's probe to itself does not come back, and nobody else's does" : null;
    }
}
