package org.mailsonar.roundtrip;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.intake.ReceivedMail;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Header;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.ReturnMark;
import org.mailsonar.probe.ReturnSignature;
import org.mailsonar.probe.TokenFinder;
import org.mailsonar.probe.TokenVerifier;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.probe.Verification;
import org.mailsonar.time.Moment;

/**
 * Takes what comes back: proves returns and times them, reads bounces, refuses and counts everything else. Stands behind each of the
 * monitor's intakes. Thread-safe.
 */
public final class ReturnDesk implements MailHandler {

    /** The counter of mail that was neither a return nor a bounce of ours. */
    public static final String STRANGERS = "strangers";

    /** The counter of authentic returns that the ledger knows no probe for. */
    public static final String UNKNOWN = "unknown";

    /** The counter of returns that were not signed by the reflector that the probe's target has, though they must be. */
    public static final String UNPROVEN = "unproven";

    private final MonitorSettings settings;
    private final Targets targets;
    private final TokenVerifier verifier;
    private final Ledger ledger;
    private final Flights flights;
    private final Papers papers;
    private final Sight sight;
    private final Consumer<ProbeRecord> ended;

    /** Probes to this address are at their end when they come here. */
    private final EmailAddress home;

    /**
     * A desk.
     *
     * @param targets what the monitor probes now; some of them may ask for signed returns
     * @param verifier trusts the monitor's own key
     * @param flights shared with the {@link ProbeDispatcher} of the same process
     * @param sight is told of each first return
     * @param ended told of each probe that a return or a bounce has given its outcome; runs on the intake's thread
     */
    public ReturnDesk(
            MonitorSettings settings,
            Targets targets,
            TokenVerifier verifier,
            Ledger ledger,
            Flights flights,
            Sight sight,
            Consumer<ProbeRecord> ended) {
        this(settings, targets, verifier, ledger, flights, sight, ended, settings.returnTo());
    }

    private ReturnDesk(
            MonitorSettings settings,
            Targets targets,
            TokenVerifier verifier,
            Ledger ledger,
            Flights flights,
            Sight sight,
            Consumer<ProbeRecord> ended,
            EmailAddress home) {
        this.settings = settings;
        this.targets = targets;
        this.verifier = verifier;
        this.ledger = ledger;
        this.papers = new Papers(ledger, settings.authservIds());
        this.flights = flights;
        this.sight = sight;
        this.ended = ended;
        this.home = home;
    }

    /**
     * The same desk behind the mailbox of a site without a reflector: there a probe to this address itself is what a return is
     * elsewhere.
     */
    public ReturnDesk atMailboxOf(EmailAddress address) {
        return new ReturnDesk(settings, targets, verifier, ledger, flights, sight, ended, address);
    }

    @Override
    public Disposition handle(ReceivedMail mail) {
        try {
            Optional<EmailAddress> bounceAddress = mail.envelope().recipients().stream()
                    .filter(settings::isBounceAddress)
                    .findFirst();
            if (bounceAddress.isPresent()) {
                return bounce(mail, settings.probeOf(bounceAddress.get()));
            }
            Optional<ProbeId> bounced = mail.envelope().sender() == null
                    ? BounceReport.probe(
                            mail.message(), verifier, mail.received().wall())
                    : Optional.empty();
            return bounced.isPresent() ? bounce(mail, bounced.get()) : handleReturn(mail);
        } catch (LedgerException unavailable) {
            return new Disposition.Deferred(String.valueOf(unavailable.getMessage()));
        }
    }

    private Disposition handleReturn(ReceivedMail mail) {
        return switch (TokenFinder.find(
                mail.message(), verifier, mail.received().wall())) {
            case Verification.Valid(ProbeToken token, String signed) -> authentic(mail, token);
            case Verification.Expired(ProbeToken token) -> authentic(mail, token); // very late, and true all the same
            case Verification notOurs -> stranger(notOurs.text());
        };
    }

    private Disposition authentic(ReceivedMail mail, ProbeToken token) {
        Optional<ReturnMark> mark = ReturnMark.read(mail.message());
        boolean isAtItsEnd = token.to().equals(home);
        if (mark.isEmpty() && !isStamped(mail) && !isAtItsEnd) {
            return stranger("probe " + token.id() + " came here without having been returned by a reflector");
        }
        Optional<Disposition> unproven = isAtItsEnd ? Optional.empty() : unproven(mail, token);
        if (unproven.isPresent()) {
            return unproven.get();
        }
        Moment received = flights.firstSeen(token.id(), mail.received());
        ProbeRecord.@Nullable Evidence evidence = mark.map(
                        there -> new ProbeRecord.Evidence(there.received(), there.agent()))
                .orElse(null);
        Optional<RoundTrip> roundTrip = time(token.id(), received, mail.resolution());
        Optional<Ledger.Entry> entry = roundTrip.flatMap(trip -> ledger.returned(token.id(), trip, evidence));
        if (entry.isEmpty()) {
            ledger.count(UNKNOWN);
            return new Disposition.Discarded(
                    "probe " + token.id() + " is not in the ledger",
                    new Disposition.Detail("unknown_probe", token.id().toString()));
        }
        if (!entry.get().first()) {
            return new Disposition.Accepted("probe " + token.id() + " came back once more");
        }
        flights.ended(token.id());
        papers.way(entry.get().probe(), roundTrip.get(), mail, isAtItsEnd);
        sight.returned(entry.get().probe());
        ended.accept(entry.get().probe());
        return new Disposition.Accepted("probe " + token.id() + " of " + token.to() + " round trip "
                + String.format(Locale.ROOT, "%.3f s", roundTrip.get().seconds()));
    }

    /**
     * Refuses a return that the target's reflector has not signed: whoever saw the probe on its way could have made it. The probe stays
     * as it is, the time at which a return of it was first seen included.
     */
    private Optional<Disposition> unproven(ReceivedMail mail, ProbeToken token) {
        ReturnKeys keys = targets.returnKeys();
        TrustedKey key =
                keys.isEmpty() ? null : ledger.find(token.id()).map(keys::of).orElse(null);
        if (key == null) {
            return Optional.empty();
        }
        return switch (ReturnSignature.check(mail.message(), token.id(), key)) {
            case VALID -> Optional.empty();
            case MISSING -> Optional.of(unproven(token, "is not signed", "unsigned_return"));
            case FORGED -> Optional.of(unproven(token, "has a wrong signature", "forged_return"));
        };
    }

    private Disposition unproven(ProbeToken token, String what, String reason) {
        ledger.count(UNPROVEN);
        return new Disposition.Unwanted(
                "probe " + token.id() + ": this return " + what
                        + "; the target's reflector signs its returns (returnKey)",
                new Disposition.Detail(reason, token.id().toString()));
    }

    /** The round trip, if the probe is known at all: by the monotonic clock when this process sent it, else by the wall clock. */
    private Optional<RoundTrip> time(ProbeId id, Moment received, Duration resolution) {
        Optional<Moment> left = flights.left(id);
        if (left.isPresent()) {
            return Optional.of(
                    new RoundTrip(received.wall(), received.since(left.get()), RoundTrip.Clock.MONOTONIC, resolution));
        }
        return ledger.find(id)
                .map(probe -> new RoundTrip(
                        received.wall(),
                        Duration.between(probe.sent(), received.wall()),
                        RoundTrip.Clock.WALL,
                        resolution));
    }

    private Disposition bounce(ReceivedMail mail, ProbeId id) {
        if (mail.envelope().sender() != null) {
            return stranger("mail to a bounce address that is no bounce");
        }
        BounceReport report = BounceReport.read(mail.message());
        if (!report.isFailure()) {
            papers.report(id, report);
            return new Disposition.Discarded("probe " + id + ": a report that is no failure, " + subject(mail));
        }
        Optional<Ledger.Entry> entry = ledger.end(
                id, new Outcome.Bounced(report.cause()), mail.received().wall());
        if (entry.isEmpty()) {
            return stranger("a bounce of a probe that is not in the ledger");
        }
        papers.report(id, report);
        entry.filter(Ledger.Entry::first).map(Ledger.Entry::probe).ifPresent(ended);
        return new Disposition.Accepted("probe " + id + " bounced: " + report.cause());
    }

    private Disposition stranger(String why) {
        ledger.count(STRANGERS);
        return new Disposition.Unwanted(why);
    }

    /** A return whose own header field was stripped on the way still has the stamp in its subject. */
    private static boolean isStamped(ReceivedMail mail) {
        return subject(mail).contains(" [received 2");
    }

    private static String subject(ReceivedMail mail) {
        return mail.message().first("Subject").map(Header::value).orElse("");
    }
}
