package org.mailsonar.reflect;

import org.mailsonar.intake.Disposition;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.Verification;

/** What became of one message at the reflector; {@link #disposition} says it to the mail system. */
public sealed interface Reflection {

    /** The answer to whoever brought the message. */
    Disposition disposition();

    /** An authentic probe, and the next hop has accepted its return. */
    record Returned(ProbeId probe, EmailAddress to, String reply) implements Reflection {
        @Override
        public Disposition disposition() {
            return new Disposition.Accepted(
                    "probe " + probe + " returned to " + to + ": " + reply, detail("returned", probe));
        }
    }

    /** No probe that is proven: a stranger's mail, for all we know. */
    record Unproven(Verification verification) implements Reflection {
        @Override
        public Disposition disposition() {
            return new Disposition.Unwanted(verification.text(), Disposition.Detail.of(verification.reason()));
        }
    }

    /** To answer it could begin a loop. */
    record Loop(String why) implements Reflection {
        @Override
        public Disposition disposition() {
            return new Disposition.Unwanted("not answered: " + why, Disposition.Detail.of("loop"));
        }
    }

    /** Authentic, and its key has no right to the return address that it names. */
    record Forbidden(ProbeId probe, EmailAddress to) implements Reflection {
        @Override
        public Disposition disposition() {
            return new Disposition.Unwanted(
                    "probe " + probe + ": its key may not have returns sent to " + to + " (trust, returnTo)",
                    detail("forbidden", probe));
        }
    }

    /**
     * Authentic, and it cannot be returned, now or later. The bounce tells the monitor why, so it is caused where it reaches the
     * monitor and nobody else.
     *
     * @param bounceReachesMonitor whether the envelope sender is of the token's return domain
     */
    record Undeliverable(ProbeId probe, String why, boolean bounceReachesMonitor) implements Reflection {
        @Override
        public Disposition disposition() {
            String text = "probe " + probe + " cannot be returned: " + why;
            Disposition.Detail detail = detail("undeliverable", probe);
            return bounceReachesMonitor
                    ? new Disposition.Failed(text, detail)
                    : new Disposition.Discarded(text, detail);
        }
    }

    /** Authentic, and it cannot be returned now. */
    record Postponed(ProbeId probe, String why) implements Reflection {
        @Override
        public Disposition disposition() {
            return new Disposition.Deferred("probe " + probe + " not returned yet: " + why, detail("relay", probe));
        }
    }

    private static Disposition.Detail detail(String reason, ProbeId probe) {
        return new Disposition.Detail(reason, probe.toString());
    }
}
