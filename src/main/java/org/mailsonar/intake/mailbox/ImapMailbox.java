package org.mailsonar.intake.mailbox;

import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.Moment;

/**
 * A mailbox on an IMAP server: one folder that the server tells of by itself (IDLE, RFC 2177), and perhaps one for junk, on one
 * connection. While mail is expected the server is asked as well (NOOP), at the {@link Pace}: in place of IDLE while the pace is quick, since
 * no other command may be sent during one, and between short ones when it is slower.
 */
final class ImapMailbox implements Mailbox {

    private static final Logger LOG = LogManager.getLogger(ImapMailbox.class);

    /** How late a server that has told of a message by itself may have done so. Dovecot waits half a second to tell all at once. */
    private static final Duration TOLD = Duration.ofMillis(600);

    /** For shorter pauses the server is not told to tell by itself: that takes two answers more each time. */
    private static final Duration SHORTEST_IDLE = Duration.ofSeconds(1);

    private final MailboxSettings settings;
    private final MailboxLimits limits;
    private final LoginSecret secret;
    private final MessageDesk desk;
    private final Pace pace;
    private final ImapFolder inbox;
    private final @Nullable JunkFolder junk;
    private boolean cannotExpunge;

    ImapMailbox(MailboxSettings settings, MailboxLimits limits, LoginSecret secret, MessageDesk desk, Pace pace) {
        this.settings = settings;
        this.limits = limits;
        this.secret = secret;
        this.desk = desk;
        this.pace = pace;
        this.inbox = new ImapFolder(settings.folder(), false, settings, limits, desk);
        String junkName = settings.junkFolder();
        this.junk = junkName == null
                ? null
                : new JunkFolder(new ImapFolder(junkName, true, settings, limits, desk), settings, desk.time());
    }

    @Override
    public Duration attend(Watch watch) throws MailboxTrouble {
        try (ImapConnection connection = secret.open(proof -> ImapConnection.open(settings, limits, proof))) {
            inbox.recognize(connection);
            tellOfExpunge(connection);
            Duration late = null;
            while (!watch.hasEnded()) {
                inbox.look(connection, late, watch);
                watch.good();
                late = connection.takeNews() ? TOLD : lookAtJunkAndWait(connection, watch);
            }
            return Duration.ZERO;
        } catch (LimitedImap.TooLongException tooLong) {
            throw new MailboxTrouble(MailboxTrouble.Kind.SERVER, String.valueOf(tooLong.getMessage()), tooLong);
        }
    }

    private void tellOfExpunge(ImapConnection connection) {
        if (!connection.canExpungeOne() && !cannotExpunge) {
            cannotExpunge = true;
            LOG.warn(
                    "{}: the server has no UIDPLUS, so probes are marked as deleted and stay until somebody expunges the folder",
                    settings.describe());
        }
    }

    /** Returns when the inbox is to be looked at; how late the server may have told of that, null where it did not by itself. */
    private @Nullable Duration lookAtJunkAndWait(ImapConnection connection, Watch watch) throws MailboxTrouble {
        Moment begun = now();
        Duration took = Duration.ZERO;
        while (!watch.hasEnded()) {
            watch.forgetWake();
            if (junk != null && junk.untilNext(pace).isZero() && junk.look(connection, watch)) {
                connection.select(settings.folder());
                inbox.recognize(connection);
                return null;
            }
            Duration usual = Pace.min(settings.poll(), limits.idle()).minus(now().since(begun));
            Duration left = usual.isPositive() ? inbox.untilNext(usual) : Duration.ZERO;
            if (left.isZero()) {
                return null;
            }
            await(connection, Pace.min(left, untilJunk()), took, watch);
            if (connection.takeNews()) {
                return late();
            }
            if (pace.isWaiting()) {
                Moment asked = now();
                connection.ask();
                if (connection.takeNews()) {
                    return null;
                }
                inbox.sawNothing(asked);
                took = now().since(asked);
            }
        }
        return null;
    }

    /** Waits for so long at most, and less while mail is expected; to be woken earlier changes nothing about the shortest pause. */
    private void await(ImapConnection connection, Duration longest, Duration took, Watch watch) throws MailboxTrouble {
        Duration pause = pace.pause(longest, Pace.SHORTEST, took);
        if (pace.isWaiting() && pause.compareTo(SHORTEST_IDLE) < 0) {
            Duration least = Pace.min(pause, Pace.max(Pace.SHORTEST, took));
            watch.pause(least);
            watch.rest(pause.minus(least));
        } else {
            connection.await(pause, watch);
        }
    }

    /** While the server is asked as well, it may have told later than it was asked. */
    private Duration late() {
        return pace.isWaiting() ? Pace.min(TOLD, inbox.sinceLastLook(now())) : TOLD;
    }

    private Duration untilJunk() {
        return junk == null ? Duration.ofDays(1) : junk.untilNext(pace);
    }

    private Moment now() {
        return desk.time().now();
    }
}
