package org.mailsonar.intake.mailbox;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.Moment;

/**
 * A folder of an IMAP server. New is what has a UID above the last one seen; when the folder's UIDs are given anew (UIDVALIDITY), all is
 * looked at as at the start.
 */
final class ImapMailbox implements Mailbox {

    private static final Logger LOG = LogManager.getLogger(ImapMailbox.class);

    /** How late a server that has told of a message by itself may have done so. Dovecot waits half a second to tell all at once. */
    private static final Duration TOLD = Duration.ofMillis(600);

    /** How far back the first look goes: longer than probes are valid, clocks that are wrong by some days included. */
    private static final Duration FIRST_LOOK = Duration.ofDays(7);

    /** So many of the newest messages are looked at, at most. */
    private static final int MOST = 10_000;

    private static final int AT_A_TIME = 50;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ENGLISH);

    private final MailboxSettings settings;
    private final MailboxLimits limits;
    private final LoginSecret secret;
    private final MessageDesk desk;
    private final Retries<Long> retries;

    /** Done, and not yet known to be deleted. */
    private final Set<Long> done = new LinkedHashSet<>();

    private long uidValidity = -1;
    private long lastSeen;
    private boolean cannotExpunge;
    private @Nullable Moment lastLook;

    ImapMailbox(MailboxSettings settings, MailboxLimits limits, LoginSecret secret, MessageDesk desk) {
        this.settings = settings;
        this.limits = limits;
        this.secret = secret;
        this.desk = desk;
        this.retries = new Retries<>(limits);
    }

    @Override
    public Duration attend(Watch watch) throws MailboxTrouble {
        try (ImapConnection connection = secret.open(proof -> ImapConnection.open(settings, limits, proof))) {
            recognize(connection);
            boolean told = false;
            while (!watch.hasEnded()) {
                look(connection, told, watch);
                watch.good();
                told = connection.takeNews();
                if (!told) {
                    Duration longest = min(settings.poll(), limits.idle());
                    connection.await(retries.untilNext(now().monotonicNanos(), longest), watch);
                    told = connection.takeNews();
                }
            }
            return Duration.ZERO;
        }
    }

    private void recognize(ImapConnection connection) {
        if (connection.uidValidity() != uidValidity) {
            if (uidValidity >= 0) {
                LOG.warn(
                        "{}: the server has given all messages new UIDs; all are looked at again", settings.describe());
            }
            uidValidity = connection.uidValidity();
            lastSeen = 0;
            done.clear();
            retries.clear();
        }
        if (!connection.canExpungeOne() && !cannotExpunge) {
            cannotExpunge = true;
            LOG.warn(
                    "{}: the server has no UIDPLUS, so probes are marked as deleted and stay until somebody expunges the folder",
                    settings.describe());
        }
    }

    /** Deletes what is done, then handles what is due again, then what is new. */
    private void look(ImapConnection connection, boolean told, Watch watch) throws MailboxTrouble {
        Moment now = now();
        Arrival arrival = new Arrival(now, told ? TOLD : lastLook == null ? FIRST_LOOK : now.since(lastLook));
        for (long uid : List.copyOf(done)) {
            delete(connection, uid);
        }
        for (long uid : retries.due(now.monotonicNanos())) {
            if (watch.hasEnded()) {
                return;
            }
            Arrival first = retries.arrival(uid);
            handle(connection, uid, first == null ? arrival : first);
        }
        lookForNew(connection, arrival, watch);
        lastLook = now;
    }

    private void lookForNew(ImapConnection connection, Arrival arrival, Watch watch) throws MailboxTrouble {
        List<Long> fresh = retries.isFull() ? List.of() : connection.search(criteria(connection));
        for (int i = 0; i < fresh.size(); i += AT_A_TIME) {
            List<Long> some = fresh.subList(i, Math.min(i + AT_A_TIME, fresh.size())).stream()
                    .filter(uid -> uid > lastSeen) // "7:*" finds the last message even where it is 6
                    .toList();
            if (some.isEmpty()) {
                continue;
            }
            for (ImapConnection.Summary summary : connection.summaries(some)) {
                if (watch.hasEnded() || retries.isFull()) {
                    return;
                }
                if (summary.uid() > lastSeen) {
                    if (MailHint.isIn(summary.header(), summary.size())) {
                        handle(connection, summary.uid(), arrival);
                    }
                    lastSeen = summary.uid();
                }
            }
            lastSeen = Math.max(lastSeen, some.getLast());
        }
        if (!retries.isFull()) {
            lastSeen = Math.max(lastSeen, connection.uidNext() - 1);
        }
    }

    private String criteria(ImapConnection connection) {
        String newest = connection.messages() > MOST ? connection.messages() - MOST + 1 + ":* " : "";
        String above = newest + "UID " + (lastSeen + 1) + ":* UNDELETED";
        return lastSeen > 0 ? above : above + " SINCE " + since();
    }

    private String since() {
        return DATE.format(LocalDate.ofInstant(now().wall().minus(FIRST_LOOK), ZoneOffset.UTC));
    }

    private void handle(ImapConnection connection, long uid, Arrival arrival) throws MailboxTrouble {
        Content content = connection.fetch(uid, settings.maxMessageSize());
        if (content == null) {
            retries.remove(uid); // somebody else has deleted it
            return;
        }
        MessageDesk.Fate fate = desk.handle(content, arrival);
        if (fate == MessageDesk.Fate.RETRY) {
            retries.add(uid, arrival, now().monotonicNanos());
            return;
        }
        retries.remove(uid);
        if (fate == MessageDesk.Fate.REMOVE) {
            done.add(uid);
            lastSeen = Math.max(lastSeen, uid);
            delete(connection, uid);
        }
    }

    private void delete(ImapConnection connection, long uid) throws MailboxTrouble {
        connection.delete(uid);
        done.remove(uid);
    }

    private Moment now() {
        return desk.time().now();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
