package org.mailsonar.roundtrip;

import java.security.SecureRandom;
import java.util.function.Consumer;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeMail;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TokenSigner;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Transmission;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** Sends probes: first into the ledger, then on their way. Thread-safe. */
public final class ProbeDispatcher {

    private final MonitorSettings settings;
    private final TokenSigner signer;
    private final Relay submission;
    private final Ledger ledger;
    private final Flights flights;
    private final TimeSource time;
    private final Consumer<ProbeRecord> ended;
    private final SecureRandom random = new SecureRandom();

    /**
     * A dispatcher.
     *
     * @param submission the host that takes the probes; not closed here
     * @param ledger where they are entered; not closed here
     * @param flights shared with the {@link ReturnDesk} of the same process
     * @param ended told of each probe that the submission host did not take
     */
    public ProbeDispatcher(
            MonitorSettings settings,
            TokenSigner signer,
            Relay submission,
            Ledger ledger,
            Flights flights,
            TimeSource time,
            Consumer<ProbeRecord> ended) {
        this.settings = settings;
        this.signer = signer;
        this.submission = submission;
        this.ledger = ledger;
        this.flights = flights;
        this.time = time;
        this.ended = ended;
    }

    /**
     * Sends one probe; blocks until the submission host has answered.
     *
     * @return the probe's id, which is in the ledger with its outcome so far
     * @throws LedgerException when the ledger cannot be written; before the probe was entered nothing has left
     */
    public ProbeId send(Target target) {
        Moment now = time.now();
        ProbeToken token = signer.state(
                ProbeId.create(now.wall(), random),
                target.address(),
                settings.returnTo(),
                now.wall(),
                settings.validity());
        byte[] content = ProbeMail.compose(token, signer.sign(token), settings.from(), target.size());
        ledger.enter(ProbeRecord.leaving(
                token.id(), target.name(), target.address(), settings.vantage(), token.sent(), target.timeout()));
        Moment leaving = time.now();
        flights.leaves(token.id(), leaving);
        switch (submission.send(new OutgoingMail(ProbeMail.envelope(token, settings.from()), content))) {
            case Transmission.Accepted(String reply) -> ledger.submitted(token.id(), leaving.wall(), reply);
            case Transmission.Refused(String why) -> refused(token.id(), why);
            case Transmission.Deferred(String why) -> refused(token.id(), why);
        }
        return token.id();
    }

    /** A host whose answer was lost may have taken the probe all the same, and its return may be here already: then that stands. */
    private void refused(ProbeId id, String why) {
        ledger.refused(id, why);
        ledger.find(id)
                .filter(probe -> probe.outcome() instanceof Outcome.Refused)
                .ifPresent(ended);
    }
}
