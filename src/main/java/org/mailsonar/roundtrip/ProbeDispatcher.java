package org.mailsonar.roundtrip;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeMail;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TokenSigner;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Transcript;
import org.mailsonar.relay.Transmission;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/** Sends probes: first into the ledger, then on their way. Thread-safe. */
public final class ProbeDispatcher {

    private final MonitorSettings settings;
    private final TokenSigner signer;
    private final SubmissionHosts hosts;
    private final Ledger ledger;
    private final Flights flights;
    private final Sight sight;
    private final TimeSource time;
    private final Consumer<ProbeRecord> ended;
    private final SecureRandom random = new SecureRandom();

    /**
     * A dispatcher.
     *
     * @param hosts take the probes; not closed here
     * @param ledger where they are entered; not closed here
     * @param flights shared with the {@link ReturnDesk} of the same process
     * @param sight is told how the hosts answer, and knows when one refuses everything
     * @param ended told of each probe that was not taken
     */
    public ProbeDispatcher(
            MonitorSettings settings,
            TokenSigner signer,
            SubmissionHosts hosts,
            Ledger ledger,
            Flights flights,
            Sight sight,
            TimeSource time,
            Consumer<ProbeRecord> ended) {
        this.settings = settings;
        this.signer = signer;
        this.hosts = hosts;
        this.ledger = ledger;
        this.flights = flights;
        this.sight = sight;
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
        return send(target, false, probe -> {
                    ledger.enter(probe);
                    return true;
                })
                .orElseThrow();
    }

    /**
     * Sends one probe that the agenda has given out; blocks likewise.
     *
     * @param next when the target's next probe is due
     * @return the probe's id; empty when another monitor has the claim by now, and nothing was sent
     * @throws LedgerException likewise
     */
    public Optional<ProbeId> send(Target target, Agenda.Claim claim, Instant next) {
        return send(target, claim.retry(), probe -> ledger.enter(probe, claim, next));
    }

    private Optional<ProbeId> send(Target target, boolean retry, Predicate<ProbeRecord> entering) {
        Moment now = time.now();
        ProbeToken token = signer.state(
                ProbeId.create(now.wall(), random),
                target.address(),
                settings.returnTo(),
                now.wall(),
                settings.validity());
        byte[] content = ProbeMail.compose(token, signer.sign(token), settings.from(), target.size());
        if (!entering.test(
                ProbeRecord.leaving(token.id(), target, settings.vantage(), settings.monitor(), retry, token.sent()))) {
            return Optional.empty();
        }
        Transcript transcript = new Transcript();
        Moment leaving = time.now();
        flights.leaves(token.id(), target.name(), leaving);
        Transmission answer =
                handOver(target, new OutgoingMail(ProbeMail.envelope(token, settings.from()), content, transcript));
        sight.handedOver(target, answer);
        switch (answer) {
            case Transmission.Accepted(String reply) -> ledger.submitted(token.id(), leaving.wall(), reply);
            case Transmission.Refused(String why) -> notTaken(token.id(), refused(target, why));
            case Transmission.Deferred(String why, boolean answered) ->
                notTaken(token.id(), answered ? deferred(target, why) : new Outcome.SendFailed(why));
        }
        keep(token.id(), transcript);
        return Optional.of(token.id());
    }

    /** A host whose settings have become unusable, such as a file of authorities that is gone, says nothing about the target. */
    private Transmission handOver(Target target, OutgoingMail mail) {
        try {
            return hosts.of(target).send(mail);
        } catch (RuntimeException unusable) {
            return Transmission.Deferred.unanswered(OneLine.printable(String.valueOf(unusable.getMessage())));
        }
    }

    /** What a host says that takes nobody's mail is about the host, not about the target. */
    private Outcome refused(Target target, String why) {
        @Nullable String all = sight.refusesAll(target);
        return all == null ? new Outcome.Refused(why) : new Outcome.SendFailed(all);
    }

    private Outcome deferred(Target target, String why) {
        @Nullable String all = sight.refusesAll(target);
        return all == null ? new Outcome.Deferred(why) : new Outcome.SendFailed(all);
    }

    /** A host whose answer was lost may have taken the probe all the same, and its return may be here already: then that stands. */
    private void notTaken(ProbeId id, Outcome outcome) {
        ledger.end(id, outcome, time.now().wall())
                .filter(Ledger.Entry::first)
                .map(Ledger.Entry::probe)
                .ifPresent(ended);
    }

    private void keep(ProbeId id, Transcript transcript) {
        String text = transcript.text();
        if (!text.isEmpty()) {
            ledger.keep(id, Ledger.Paper.SUBMISSION, text);
        }
    }
}
