package org.mailsonar.verdict.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Somebody who may be at fault.
 *
 * @param machines one machine, the two ends of a way, or nobody but this monitor's own network
 * @param protocol which of its services: {@code smtp}, {@code imaps}, {@code ldap}, {@code queue}, {@code login}, {@code recipient},
 *     {@code delivery}, {@code relay}, {@code mailbox}, {@code network}
 * @param certainty how sure that is
 * @param reasons why, in words for people, the weightiest first
 */
public record Suspect(List<String> machines, String protocol, Certainty certainty, List<String> reasons) {

    /** How sure. */
    public enum Certainty {
        /** It was seen at the machine itself, while others could be reached, and explains what fails. */
        CERTAIN,
        /** It explains what fails better than anything else. */
        LIKELY,
        /** It may be, and so may something else. */
        POSSIBLE;

        /** Its name in output. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What directed checks found stands below. */
    private static final int IN_A_LINE = 2;

    public Suspect {
        machines = List.copyOf(machines);
        reasons = List.copyOf(reasons);
    }

    /** The same, likely where it was certain, since it may have shut out this monitor alone. */
    Suspect notCertain() {
        if (certainty != Certainty.CERTAIN) {
            return this;
        }
        List<String> more = new ArrayList<>(reasons);
        more.add(
                Math.min(1, more.size()),
                "it refused a login of this monitor within the last hour, and may have shut it out");
        return new Suspect(machines, protocol, Certainty.LIKELY, more);
    }

    /** {@code mta1}, {@code mta1 to store2}, {@code this monitor}. */
    public String name() {
        return machines.isEmpty() ? "this monitor" : String.join(" to ", machines);
    }

    /** On one line: {@code mta1 (smtp), certain: refuses connections; all 4 paths by mta1 fail, the other 4 work}. */
    @Override
    public String toString() {
        return name() + " (" + protocol + "), " + certainty.text() + ": "
                + String.join("; ", reasons.subList(0, Math.min(IN_A_LINE, reasons.size())));
    }
}
