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
 * What is known of one folder, from one connection to the next. New is what has a UID above the last one seen; when the folder's UIDs are
 * given anew (UIDVALIDITY), all is looked at as at the start. For one thread.
 */
final class ImapFolder {

    private static final Logger LOG = LogManager.getLogger(ImapFolder.class);

    /** How far back the first look goes: longer than probes are valid, clocks that are wrong by some days included. */
    private static final Duration FIRST_LOOK = Duration.ofDays(7);

    /** So many of the newest messages are looked at, at most. */
    private static final int MOST = 10_000;

    private static final int AT_A_TIME = 50;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ENGLISH);

    private final String name;
    private final boolean junk;
    private final MailboxSettings settings;
    private final MessageDesk desk;
    private final Retries<Long> retries;

    /** Done, and not yet known to be deleted. */
    private final Set<Long> done = new LinkedHashSet<>();

    private long uidValidity = -1;
    private long lastSeen;
    private @Nullable Moment lastLook;

    ImapFolder(String name, boolean junk, MailboxSettings settings, MailboxLimits limits, MessageDesk desk) {
        this.name = name;
        this.junk = junk;
        this.settings = settings;
        this.desk = desk;
        this.retries = new Retries<>(limits);
    }

    String name() {
        return name;
    }

    /** The connection has selected this folder: whether its messages are those that are known. */
    void recognize(ImapConnection connection) {
        if (connection.uidValidity() == uidValidity) {
            return;
        }
        if (uidValidity >= 0) {
            LOG.warn("{}: the server has given all messages new UIDs; all are looked at again", settings.describe());
        }
        uidValidity = connection.uidValidity();
        lastSeen = 0;
        done.clear();
        retries.clear();
    }

    /** How long until something is to be done here; at most {@code otherwise}. */
    Duration untilNext(Duration otherwise) {
        return done.isEmpty() ? retries.untilNext(now().monotonicNanos(), otherwise) : Duration.ZERO;
    }

    /** The server was asked at this moment, and had nothing new. */
    void sawNothing(Moment asked) {
        lastLook = asked;
    }

    /** How long a message that is found now may have been here: since the last time that it was not. */
    Duration sinceLastLook(Moment now) {
        return lastLook == null ? FIRST_LOOK : now.since(lastLook);
    }

    /**
     * Deletes what is done, then handles what is due again, then what is new.
     *
     * @param late how late the server may have told of something new by itself; null where it was asked
     */
    void look(ImapConnection connection, @Nullable Duration late, Watch watch) throws MailboxTrouble {
        Moment begun = now();
        for (long uid : List.copyOf(done)) {
            delete(connection, uid);
        }
        for (long uid : retries.due(begun.monotonicNanos())) {
            if (watch.hasEnded()) {
                return;
            }
            Arrival first = retries.arrival(uid);
            handle(connection, uid, first == null ? new Arrival(begun, sinceLastLook(begun)) : first);
        }
        lookForNew(connection, late, watch);
        lastLook = begun;
    }

    private void lookForNew(ImapConnection connection, @Nullable Duration late, Watch watch) throws MailboxTrouble {
        List<Long> fresh = retries.isFull() ? List.of() : connection.search(criteria(connection));
        Moment found =
                now(); // not before: what came while the search was on its way would have come after it was found
        Arrival arrival = new Arrival(found, late == null ? sinceLastLook(found) : late);
        for (int i = 0; i < fresh.size(); i += AT_A_TIME) {
            List<Long> some = fresh.subList(i, Math.min(i + AT_A_TIME, fresh.size())).stream()
                    .filter(uid -> uid > lastSeen) // "7:*" finds the last message even where it is 6
                    .toList();
            if (!some.isEmpty() && !meet(connection, some, arrival, watch)) {
                return;
            }
        }
        if (!retries.isFull()) {
            lastSeen = Math.max(lastSeen, connection.uidNext() - 1);
        }
    }

    /** Handles what of these may be ours; false when no more is to be looked at now. */
    private boolean meet(ImapConnection connection, List<Long> some, Arrival arrival, Watch watch)
            throws MailboxTrouble {
        for (ImapConnection.Summary summary : connection.summaries(some)) {
            if (watch.hasEnded() || retries.isFull()) {
                return false;
            }
            if (summary.uid() > lastSeen) {
                if (MailHint.isIn(summary.header(), summary.size())) {
                    handle(connection, summary.uid(), arrival);
                }
                lastSeen = summary.uid();
            }
        }
        lastSeen = Math.max(lastSeen, some.getLast());
        return true;
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
        MessageDesk.Fate fate = desk.handle(content, arrival, junk ? "/" + name : "", junk);
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
}
