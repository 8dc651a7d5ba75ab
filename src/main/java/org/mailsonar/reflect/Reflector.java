package org.mailsonar.reflect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.RateLimit;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TokenFinder;
import org.mailsonar.probe.TokenVerifier;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.probe.Verification;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.Transmission;

/**
 * Returns authentic probes and nothing else; the package's page has the steps. What it remembers between messages is in its guards, so
 * it is thread-safe as its relay is.
 */
public final class Reflector implements MailHandler {

    private final ReflectorSettings settings;
    private final TokenVerifier verifier;
    private final ReturnComposer composer;
    private final Relay relay;
    private final ReplayGuard replays;
    private final RateLimit<String> keys;

    /**
     * A reflector that remembers nothing between messages.
     *
     * @param settings whom it trusts, and what for
     * @param relay how returns leave; it is not closed here
     */
    public Reflector(ReflectorSettings settings, Relay relay) {
        this(settings, relay, ReplayGuard.none(), RateLimit.none());
    }

    /**
     * A reflector with guards.
     *
     * @param replays knows which probes were returned
     * @param keys how many probes of each key, by its fingerprint, are returned in a minute
     */
    public Reflector(ReflectorSettings settings, Relay relay, ReplayGuard replays, RateLimit<String> keys) {
        List<TrustedKey> trusted = settings.trust().stream().map(Trust::key).toList();
        this.settings = settings;
        this.verifier = new TokenVerifier(trusted, settings::isProbed, settings.clockSkew());
        this.composer = new ReturnComposer(settings);
        this.relay = relay;
        this.replays = replays;
        this.keys = keys;
    }

    @Override
    public Disposition handle(ReceivedMail mail) {
        return reflect(mail).disposition();
    }

    /** Handles one message to its end and says what became of it; blocks until the next hop has answered. */
    public Reflection reflect(ReceivedMail mail) {
        Optional<String> objection = LoopGuard.objection(mail.message());
        if (objection.isPresent()) {
            return new Reflection.Loop(objection.get());
        }
        if (LoopGuard.isReplyOfMachine(mail)) {
            return new Reflection.Loop("it is a reply without a return path");
        }
        Verification verification =
                TokenFinder.find(mail.message(), verifier, mail.received().wall());
        return verification instanceof Verification.Valid(ProbeToken token, String signed)
                ? answer(mail, token, signed)
                : new Reflection.Unproven(verification);
    }

    private Reflection answer(ReceivedMail mail, ProbeToken token, String signed) {
        Optional<String> objection = LoopGuard.objection(mail, token, settings);
        if (objection.isPresent()) {
            return new Reflection.Loop(objection.get());
        }
        if (!mayReturn(token)) {
            return new Reflection.Forbidden(token.id(), token.returnTo());
        }
        if (mail.truncated()) {
            return undeliverable(mail, token, "the message is larger than is accepted here (limits, messageSize)");
        }
        ReplayGuard.Answer guard = replays.ask(token.keyFingerprint(), token.id());
        if (guard instanceof ReplayGuard.Leave leave) {
            try (leave) {
                return send(mail, token, signed, leave);
            }
        }
        return guard instanceof ReplayGuard.Answer.ReturnedAlready(Instant when)
                ? new Reflection.Repeated(token.id(), when)
                : new Reflection.InProgress(token.id());
    }

    private Reflection send(ReceivedMail mail, ProbeToken token, String signed, ReplayGuard.Leave leave) {
        // Behind the guard, so that whoever sends copies of one probe takes nothing from its monitor's share.
        if (!keys.allows(token.keyFingerprint())) {
            return new Reflection.TooMany(token.id(), keys.perMinute());
        }
        byte[] content = composer.compose(mail, token, signed);
        OutgoingMail answer = new OutgoingMail(Envelope.to(settings.envelopeSender(), token.returnTo()), content);
        Transmission transmission = relay.send(answer);
        if (transmission instanceof Transmission.Accepted(String reply)) {
            leave.returned();
            return new Reflection.Returned(token.id(), token.returnTo(), reply);
        }
        return transmission instanceof Transmission.Refused(String why)
                ? undeliverable(mail, token, "its return to " + token.returnTo() + " is refused: " + why)
                : new Reflection.Postponed(token.id(), transmission.text());
    }

    private boolean mayReturn(ProbeToken token) {
        return settings.trust().stream()
                .anyMatch(trust ->
                        trust.key().fingerprint().equals(token.keyFingerprint()) && trust.allows(token.returnTo()));
    }

    private static Reflection undeliverable(ReceivedMail mail, ProbeToken token, String why) {
        EmailAddress sender = mail.envelope().sender();
        boolean bounceReachesMonitor = sender != null && sender.sameDomain(token.returnTo());
        return new Reflection.Undeliverable(token.id(), why, bounceReachesMonitor);
    }
}
