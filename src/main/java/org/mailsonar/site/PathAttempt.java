package org.mailsonar.site;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.check.Trouble;
import org.mailsonar.check.Trouble.Kind;
import org.mailsonar.check.Trouble.Stage;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.intake.mailbox.MailboxVisit;
import org.mailsonar.intake.mailbox.VisitException;
import org.mailsonar.message.OneLine;
import org.mailsonar.probe.ProbeId;
import org.mailsonar.probe.ProbeMail;
import org.mailsonar.probe.ProbeToken;
import org.mailsonar.probe.TokenSigner;
import org.mailsonar.probe.TrustedKey;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.relay.Relay;
import org.mailsonar.relay.SmtpLimits;
import org.mailsonar.relay.SmtpSettings;
import org.mailsonar.relay.Transcript;
import org.mailsonar.relay.Transmission;
import org.mailsonar.time.Moment;
import org.mailsonar.time.Pause;
import org.mailsonar.time.TimeSource;

/** One mail over one path: submits it, waits for it as a customer's program would, reads and deletes it. Used once. */
final class PathAttempt {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

    /** A POP3 server locks the mailbox for each visit. */
    private static final Duration SHORTEST_VISIT_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Site site;
    private final Path path;
    private final Store store;
    private final TokenSigner signer;
    private final TimeSource time;
    private final ProbeId id;
    private final Moment started;
    private final ProbeMailbox probes;

    PathAttempt(Site site, Path path, TokenSigner signer, TrustedKey trusted, TimeSource time, SecureRandom random) {
        this.site = site;
        this.path = path;
        this.store = site.store(path.store());
        this.signer = signer;
        this.time = time;
        this.started = time.now();
        this.id = ProbeId.create(started.wall(), random);
        this.probes =
                new ProbeMailbox(trusted, store, site.from(), site.timings().timeout());
    }

    PathRun run() throws InterruptedException {
        try {
            Transcript transcript = new Transcript();
            Transmission result = submit(transcript);
            Duration submit = time.now().since(started);
            Trouble trouble = Submission.trouble(result, transcript.text());
            if (trouble != null) {
                return failed(Leg.SUBMIT, trouble, null, "submit: " + result.text());
            }
            return fetch(submit);
        } catch (IllegalArgumentException unusable) {
            return ended(State.UNKNOWN, null, null, null, null, null, String.valueOf(unusable.getMessage()));
        } catch (RuntimeException unexpected) {
            return ended(State.UNKNOWN, null, null, null, null, null, "unexpected " + unexpected);
        }
    }

    private Transmission submit(Transcript transcript) {
        ProbeToken token = signer.state(id, store.account(), site.from(), started.wall(), Duration.ofDays(1));
        byte[] content = ProbeMail.compose(token, signer.sign(token), site.from(), 0);
        OutgoingMail mail = new OutgoingMail(ProbeMail.envelope(token, site.from()), content, transcript);
        try (Relay relay = patient(site.mta(path.mta()).relay()).open()) {
            return relay.send(mail);
        }
    }

    /** Not more patient than the site says, and nothing is kept. */
    private SmtpSettings patient(SmtpSettings settings) {
        SmtpLimits limits = settings.limits();
        Duration answer = site.timings().answer();
        return settings.withLimits(new SmtpLimits(
                least(limits.connect(), answer),
                least(limits.reply(), answer),
                least(limits.data(), site.timings().timeout()),
                1,
                0,
                limits.keep()));
    }

    private PathRun fetch(Duration submit) throws InterruptedException {
        MailboxSettings mailbox = site.access(path.proxy()).mailbox(store);
        MailboxVisit visit = null;
        Duration opening = Duration.ZERO;
        try {
            while (true) {
                Moment begun = time.now();
                if (visit == null) {
                    visit = open(mailbox);
                    opening = time.now().since(begun);
                }
                if (visit == null) {
                    pause(time.now().since(started), time.now().since(begun), SHORTEST_VISIT_PAUSE);
                    continue;
                }
                Moment looked = time.now();
                if (probes.take(visit, visit.look(), id, looked.wall())) {
                    Moment read = time.now();
                    visit.end();
                    return arrived(submit, opening.plus(read.since(looked)), read.since(started));
                }
                if (!visit.seesNews()) {
                    visit.end();
                    visit = null;
                }
                Duration waited = time.now().since(started);
                if (waited.compareTo(site.timings().timeout()) >= 0) {
                    return failed(
                            Leg.ARRIVAL,
                            new Trouble(Stage.RESULT, Kind.TIME_OUT),
                            submit,
                            "taken by " + path.mta() + ", and not there after "
                                    + seconds(site.timings().timeout()) + " s");
                }
                pause(waited, time.now().since(begun), visit == null ? SHORTEST_VISIT_PAUSE : SHORTEST_PAUSE);
            }
        } catch (VisitException told) {
            return failed(Leg.RETRIEVE, told.trouble(), submit, "fetch: " + path.proxy() + ": " + told.getMessage());
        } finally {
            if (visit != null) {
                visit.close();
            }
        }
    }

    /** Logs in; null where the server says "not now", as it does while somebody else is at the mailbox, and there is time left. */
    private @Nullable MailboxVisit open(MailboxSettings mailbox) throws VisitException {
        try {
            return MailboxVisit.open(mailbox, site.timings().answer());
        } catch (VisitException told) {
            boolean isOver = time.now().since(started).compareTo(site.timings().timeout()) >= 0;
            if (isOver || !told.trouble().equals(new Trouble(Stage.LOGIN, Kind.DEFERRED))) {
                throw told;
            }
            return null;
        }
    }

    /** Quick at first, then a tenth of what was waited for; and at least as long as the last look took. */
    private void pause(Duration waited, Duration took, Duration shortest) throws InterruptedException {
        Duration tenth = waited.dividedBy(10);
        Duration pause = most(shortest, least(LONGEST_PAUSE, most(tenth, took)));
        Duration left = most(Duration.ofMillis(1), site.timings().timeout().minus(waited));
        Pause.of(least(pause, left));
    }

    private PathRun arrived(Duration submit, Duration retrieve, Duration total) {
        if (total.compareTo(site.timings().slowAfter()) <= 0) {
            return ended(State.GOOD, null, null, submit, retrieve, total, "");
        }
        Duration wait = total.minus(submit).minus(retrieve);
        Leg longest = submit.compareTo(most(wait, retrieve)) >= 0
                ? Leg.SUBMIT
                : wait.compareTo(retrieve) >= 0 ? Leg.ARRIVAL : Leg.RETRIEVE;
        String error = "slow: " + seconds(total) + " s (submit " + seconds(submit) + " s, on its way " + seconds(wait)
                + " s, retrieve " + seconds(retrieve) + " s)";
        return ended(State.WARNING, longest, new Trouble(Stage.RESULT, Kind.SLOW), submit, retrieve, total, error);
    }

    private PathRun failed(Leg leg, Trouble trouble, @Nullable Duration submit, String error) {
        State state = trouble.kind() == Kind.MISCONFIGURED ? State.UNKNOWN : State.FAILING;
        return ended(state, leg, trouble, submit, null, null, error);
    }

    private PathRun ended(
            State state,
            @Nullable Leg leg,
            @Nullable Trouble trouble,
            @Nullable Duration submit,
            @Nullable Duration retrieve,
            @Nullable Duration total,
            String error) {
        return new PathRun(
                site.name(),
                path,
                started.wall(),
                submit,
                retrieve,
                total,
                state,
                OneLine.printable(error),
                leg,
                trouble,
                List.of());
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9).replaceFirst("\\.?0+$", "");
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration most(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
