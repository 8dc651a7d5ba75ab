package org.mailsonar.reflect;

import java.time.Instant;
import org.mailsonar.intake.Disposition;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.Verification;
import org.mailsonar.time.UtcText;

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

    /** Authentic, and returned a short while ago: a copy, which is not returned again. */
    record Repeated(ProbeId probe, Instant returned) implements Reflection {
        @Override
        public Disposition disposition() {
            return new Disposition.Discarded(
                    "probe " + probe + " was returned at " + UtcText.millis(returned) + " and is not returned again",
                    detail("repeated", probe));
        }
    }

    /** Authentic, and a copy of it is being returned at this moment; how that ends decides what becomes of this one. */
    record InProgress(ProbeId probe) implements Reflection {
        @Override
        public Disposition disposition() {
            return new Disposition.Deferred(
                    "probe " + probe + " is being returned just now", detail("in_progress", probe));
        }
    }

    /** Authentic, and one more than its key may have returned in a minute. */
    record TooMany(ProbeId probe, int perMinute) implements Reflection {
        @Override
        public Disposition disposition() {
            return new Disposition.Deferred(
                    "probe " + probe + ": more than " + perMinute + " probes of this key in a minute; try again later",
                    detail("rate_key", probe));
        }
    }

    private static Disposition.Detail detail(String reason, ProbeId probe) {
        return new Disposition.Detail(reason, probe.toString());
    }
}
