package org.mailsonar.intake.mailbox;

import java.time.Duration;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.Disposition;
import org.mailsonar.intake.Expectation;
import org.mailsonar.intake.Intake;
import org.mailsonar.intake.MailHandler;
import org.mailsonar.message.OneLine;
import org.mailsonar.time.TimeSource;

/**
 * Watches one mailbox and hands what may be a probe or a return to a handler, one message at a time; see the package for what it does to
 * the mailbox. Trouble of any kind ends in a new try after a pause that grows; it is logged when it begins, when it changes and when
 * it is over. Thread-safe.
 */
public final class MailboxAgent implements Intake {

    private static final Logger LOG = LogManager.getLogger(MailboxAgent.class);

    /** How long {@link #close} waits for the message that is being handled. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final String name;
    private final MailboxLimits limits;
    private final Expectation expectation;
    private final Mailbox mailbox;
    private final Watch watch = new Watch(this::allIsWell);
    private final Thread thread;
    private boolean wasWell;
    private MailboxTrouble.@Nullable Kind trouble;
    private int failures;

    /** What is told to whoever asks; null while all is well. */
    private volatile @Nullable String inTheWay;

    private MailboxAgent(
            MailboxSettings settings,
            MailboxLimits limits,
            MailHandler handler,
            TimeSource time,
            Expectation expectation) {
        LoginSecret secret = switch (settings.login()) {
            case MailboxLogin.Password password -> LoginSecret.password(password.password());
            case MailboxLogin.OAuth2 oauth2 -> new AccessTokens(oauth2, limits, time);
        };
        MessageDesk desk = new MessageDesk(settings, handler, time);
        Pace pace = new Pace(expectation);
        this.name = settings.describe();
        this.expectation = expectation;
        this.limits = limits;
        this.mailbox = switch (settings.protocol()) {
            case IMAP -> new ImapMailbox(settings, limits, secret, desk, pace);
            case POP3 -> new Pop3Mailbox(settings, limits, secret, desk, pace);
        };
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Begins to watch a mailbox; returns at once, whether or not the server can be reached. */
    public static MailboxAgent start(MailboxSettings settings, MailHandler handler, TimeSource time) {
        return start(settings, handler, time, Expectation.NONE);
    }

    /**
     * The same; while mail is expected the server is asked often: by IMAP after 50 ms at first, then after a tenth of the time that was
     * waited, at most every 5 s; by POP3, which has a visit for each look, likewise but at most once a second.
     *
     * @param expectation tells of mail that is on its way
     */
    public static MailboxAgent start(
            MailboxSettings settings, MailHandler handler, TimeSource time, Expectation expectation) {
        return start(settings, MailboxLimits.DEFAULT, handler, time, expectation);
    }

    static MailboxAgent start(MailboxSettings settings, MailboxLimits limits, MailHandler handler, TimeSource time) {
        return start(settings, limits, handler, time, Expectation.NONE);
    }

    static MailboxAgent start(
            MailboxSettings settings,
            MailboxLimits limits,
            MailHandler handler,
            TimeSource time,
            Expectation expectation) {
        MailboxAgent agent = new MailboxAgent(settings, limits, handler, time, expectation);
        agent.thread.start();
        return agent;
    }

    /** Tries whether the mailbox can be opened, and handles nothing of it; what stands in the way, on one line for people. */
    public static Optional<String> check(MailboxSettings settings, TimeSource time) {
        Watch over = new Watch(() -> {});
        over.end();
        MailHandler nobody = mail -> new Disposition.Deferred("only a check; try again later");
        try {
            new MailboxAgent(settings, MailboxLimits.DEFAULT, nobody, time, Expectation.NONE).mailbox.attend(over);
            return Optional.empty();
        } catch (MailboxTrouble told) {
            return Optional.of(String.valueOf(told.getMessage()));
        } catch (RuntimeException unexpected) {
            return Optional.of(OneLine.printable("the server answers as none should: " + unexpected));
        }
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(inTheWay).map(why -> name + ": " + why);
    }

    @Override
    public void close() {
        watch.end();
        try {
            if (!thread.join(CLOSING)) {
                LOG.warn("{}: what is being handled is left where it is", name);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Expectation.Subscription wakes = expectation.onNewWait(watch::wake)) {
            assert wakes != null;
            while (!watch.hasEnded()) {
                attend();
            }
        }
        LOG.info("{} is watched no more", name);
    }

    private void attend() {
        watch.forgetWake();
        try {
            Duration pause = mailbox.attend(watch);
            Duration least = Pace.min(pause, Pace.SHORTEST_VISIT);
            watch.pause(least);
            watch.rest(pause.minus(least));
            return;
        } catch (MailboxTrouble told) {
            tell(told);
        } catch (RuntimeException | Error unexpected) { // an error too: nobody else would notice the end of this thread
            LOG.error("{}: unexpected trouble", name, unexpected);
            trouble = MailboxTrouble.Kind.SERVER;
            inTheWay = "unexpected trouble, see the log";
        }
        failures++;
        watch.pause(limits.pauseAfter(failures)); // a server in trouble is not asked earlier, whatever is expected
    }

    private void tell(MailboxTrouble told) {
        if (trouble != told.kind() && !watch.hasEnded()) {
            LOG.warn("{}: {}; tried again until it works", name, told.getMessage());
        }
        trouble = told.kind();
        inTheWay = told.getMessage();
    }

    private void allIsWell() {
        if (!wasWell) {
            LOG.info("watching {}", name);
        } else if (trouble != null) {
            LOG.info("{} works again", name);
        }
        wasWell = true;
        inTheWay = null;
        trouble = null;
        failures = 0;
    }
}
