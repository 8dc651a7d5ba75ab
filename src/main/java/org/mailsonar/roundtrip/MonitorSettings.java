package org.mailsonar.roundtrip;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeMail;

/**
 * Who a monitor is, to the mail systems that it measures.
 *
 * @param vantage the name of the place that it looks from
 * @param monitor its own name among the monitors of that place; another one for each process
 * @param from the From of its probes; bounces go to the same address with the probe's id as extension
 * @param returnTo where returns go
 * @param validity for how long after it is sent a probe may still be reflected
 * @param authservIds the servers whose {@code Authentication-Results} are believed (RFC 8601 §2.5); none for nobody's
 */
public record MonitorSettings(
        String vantage,
        String monitor,
        EmailAddress from,
        EmailAddress returnTo,
        Duration validity,
        Set<String> authservIds) {

    /** Long enough for a mail server's usual retries over a night, short enough that an old probe is soon worth nothing. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofDays(1);

    /** The name of the target under which a monitor probes itself; no target of a configuration may have it. */
    public static final String SELF = "(self)";

    public MonitorSettings {
        authservIds = Set.copyOf(authservIds);
    }

    /** A monitor that is alone at its place, or does not run for long. */
    public MonitorSettings(String vantage, EmailAddress from, EmailAddress returnTo, Duration validity) {
        this(vantage, "", from, returnTo, validity, Set.of());
    }

    /** The same monitor under a name of its own. */
    public MonitorSettings called(String name) {
        return new MonitorSettings(vantage, name, from, returnTo, validity, authservIds);
    }

    /** The monitor itself as a target: a probe to its own return address, which needs no reflector. */
    public Target self(Timing timing) {
        return new Target(SELF, returnTo, timing, Policy.STANDARD, Route.STANDARD);
    }

    /** Whether mail to an address is a return or a bounce: what the monitor's listener takes. */
    public boolean receivesAt(EmailAddress address) {
        return returnTo.equals(address.withoutExtension()) || returnTo.equals(address) || isBounceAddress(address);
    }

    /** Whether an address is the one that bounces of some probe go to. */
    public boolean isBounceAddress(EmailAddress address) {
        String extension =
                address.local().substring(address.withoutExtension().local().length());
        return from.withoutExtension().equals(address.withoutExtension())
                && extension.length() == ProbeId.LENGTH + 1
                && ProbeId.isValid(extension.substring(1).toUpperCase(Locale.ROOT));
    }

    /** The probe whose bounces go to an address for which {@link #isBounceAddress} holds. */
    ProbeId probeOf(EmailAddress bounceAddress) {
        String local = bounceAddress.local().toUpperCase(Locale.ROOT);
        return new ProbeId(local.substring(local.length() - ProbeId.LENGTH));
    }

    /** The envelope sender of a probe. */
    EmailAddress bounceAddress(ProbeId id) {
        return ProbeMail.bounceAddress(from, id);
    }
}
