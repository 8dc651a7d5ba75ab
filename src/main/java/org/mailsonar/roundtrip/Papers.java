package org.mailsonar.roundtrip;

import java.util.Set;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.roundtrip.evidence.Evidence;
import org.mailsonar.roundtrip.evidence.Passage;

/**
 * Keeps beside probes what mail tells of their way. A probe has its outcome whether or not that can be kept: a return that came again for
 * the sake of its evidence would only be counted twice. Thread-safe.
 */
final class Papers {

    private final Ledger ledger;
    private final Set<String> trustedServers;

    /**
     * Keeps papers.
     *
     * @param trustedServers the authserv-ids whose {@code Authentication-Results} are believed
     */
    Papers(Ledger ledger, Set<String> trustedServers) {
        this.ledger = ledger;
        this.trustedServers = Set.copyOf(trustedServers);
    }

    /**
     * What the first return of a probe tells.
     *
     * @param isProbe whether it is no return but the probe itself, fetched where it went: then its own header tells the way there
     */
    void way(ProbeRecord probe, RoundTrip roundTrip, ReceivedMail mail, boolean isProbe) {
        Evidence evidence = Evidence.read(mail.message(), probe.sent(), roundTrip.time(), trustedServers);
        Evidence way = isProbe ? new Evidence(evidence.back(), Passage.NONE, null) : evidence;
        ifPossible(() -> ledger.keep(probe.id(), Ledger.Paper.WAY, way.toText()));
        if (mail.junk()) {
            ifPossible(() -> ledger.note(probe.id(), "found among junk"));
        }
    }

    /** What a bounce tells; one that says that the probe is late only is a note about it. */
    void report(ProbeId id, BounceReport report) {
        if (report.isFailure()) {
            ifPossible(() -> ledger.keep(id, Ledger.Paper.BOUNCE, report.toText()));
        } else if (report.isDelay()) {
            ifPossible(() -> ledger.note(id, "refused for now: " + report.cause()));
        }
    }

    private static void ifPossible(Runnable keeping) {
        try {
            keeping.run();
        } catch (LedgerException notKept) {
            // as the class says
        }
    }
}
