package org.mailsonar.roundtrip;

import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.relay.RelaySettings;

/**
 * How a target's probes leave and come back.
 *
 * @param submission the host that takes them; null for the monitor's own
 * @param size how many bytes a probe has at least
 * @param returnKey the key that this target's returns must be signed with; null where they need not be
 * @param mailbox the site's own mailbox, from which probes are fetched where there is no reflector; null where there is one
 */
public record Route(
        @Nullable RelaySettings submission,
        int size,
        @Nullable TrustedKey returnKey,
        @Nullable MailboxSettings mailbox) {

    /** By the monitor's host to a reflector that need not sign. */
    public static final Route STANDARD = new Route(null, 0, null, null);
}
