package org.mailsonar.intake.mailbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.Moment;

/**
 * A POP3 mailbox. Each visit goes from the newest message back to one that is older than all that is still to be done, 1,000 messages at
 * most, so it costs little however much mail there is.
 */
final class Pop3Mailbox implements Mailbox {

    /** So many of the newest messages are looked at, at most. */
    private static final int MOST = 1000;

    /** Until the first visit is over: nobody knows how long a message was there. */
    private static final Duration UNKNOWN = Duration.ofDays(7);

    /** One message that a visit has found. */
    private record Found(int number, String uid) {}

    private final MailboxSettings settings;
    private final MailboxLimits limits;
    private final LoginSecret secret;
    private final MessageDesk desk;
    private final Pace pace;
    private final Retries<String> retries;

    /** Done, and as far as is known not yet deleted. */
    private final Set<String> done = new HashSet<>();

    /** What was seen, in the order of its coming. */
    private final Map<String, Long> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > 3 * MOST;
        }
    };

    private long arrivals;
    private @Nullable Moment lastLook;

    Pop3Mailbox(MailboxSettings settings, MailboxLimits limits, LoginSecret secret, MessageDesk desk, Pace pace) {
        this.settings = settings;
        this.limits = limits;
        this.secret = secret;
        this.desk = desk;
        this.pace = pace;
        this.retries = new Retries<>(limits);
    }

    @Override
    public Duration attend(Watch watch) throws MailboxTrouble {
        Moment asked = now(); // before the login, at which the server takes stock
        try (Pop3Connection connection = secret.open(proof -> Pop3Connection.open(settings, limits, proof))) {
            look(connection, asked, watch);
            connection.quit();
        }
        watch.good();
        Duration pause = pace.pause(settings.poll(), Pace.SHORTEST_VISIT, now().since(asked));
        return retries.untilNext(now().monotonicNanos(), pause);
    }

    private void look(Pop3Connection connection, Moment asked, Watch watch) throws MailboxTrouble {
        Moment now = now();
        Arrival arrival = new Arrival(now, lastLook == null ? UNKNOWN : now.since(lastLook));
        Deque<Found> found = list(connection);
        Set<String> listed = new HashSet<>();
        found.forEach(one -> listed.add(one.uid()));
        done.retainAll(listed);
        retries.all().stream().filter(uid -> !listed.contains(uid)).forEach(retries::remove);
        Set<String> due = Set.copyOf(retries.due(now.monotonicNanos()));
        for (Found one : found) {
            if (watch.hasEnded()) {
                return;
            }
            if (done.contains(one.uid())) {
                connection.delete(one.number()); // the last QUIT did not, or was not sent
            } else if (due.contains(one.uid())) {
                Arrival first = retries.arrival(one.uid());
                handle(connection, one, first == null ? arrival : first);
            } else if (!seen.containsKey(one.uid()) && !retries.isFull()) {
                meet(connection, one, arrival);
            }
        }
        lastLook = asked;
    }

    /** From the newest back to what is older than all that is to be done; in the order of their coming. */
    private Deque<Found> list(Pop3Connection connection) throws MailboxTrouble {
        long oldestPending = oldestPending();
        Deque<Found> found = new ArrayDeque<>();
        int newest = connection.count();
        for (int number = newest; number > 0 && number > newest - MOST; number--) {
            String uid = connection.uid(number);
            found.addFirst(new Found(number, uid));
            Long arrived = seen.get(uid);
            if (arrived != null && arrived < oldestPending) {
                return found;
            }
        }
        return found;
    }

    private long oldestPending() {
        long oldest = Long.MAX_VALUE;
        for (String uid : done) {
            oldest = Math.min(oldest, seen.getOrDefault(uid, 0L));
        }
        for (String uid : retries.all()) {
            oldest = Math.min(oldest, seen.getOrDefault(uid, 0L));
        }
        return oldest;
    }

    private void meet(Pop3Connection connection, Found one, Arrival arrival) throws MailboxTrouble {
        if (MailHint.isIn(connection.header(one.number()), connection.size(one.number()))) {
            handle(connection, one, arrival);
        }
        seen.put(one.uid(), arrivals++);
        if (!done.contains(one.uid())) {
            connection.forget(one.number());
        }
    }

    private void handle(Pop3Connection connection, Found one, Arrival arrival) throws MailboxTrouble {
        Content content = connection.fetch(one.number(), settings.maxMessageSize());
        switch (desk.handle(content, arrival)) {
            case REMOVE -> {
                retries.remove(one.uid());
                done.add(one.uid());
                connection.delete(one.number());
            }
            case KEEP -> retries.remove(one.uid());
            case RETRY -> retries.add(one.uid(), arrival, now().monotonicNanos());
        }
    }

    private Moment now() {
        return desk.time().now();
    }
}
