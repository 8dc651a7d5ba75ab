package org.mailsonar.intake.mailbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.MailMessage;

/**
 * One visit to a mailbox, as a customer's mail program makes it: it logs in, looks, reads, deletes what it is told to and nothing
 * else. All but the newest messages, and all that are nobody's probe by their header, are left unread; see the package. For one thread.
 */
public final class MailboxVisit implements AutoCloseable {

    /** So many of the newest messages are looked at. */
    private static final int MOST = 1000;

    /** So many that may be probes are read in one look. */
    private static final int MOST_READ = 50;

    /** The account of a test holds little else, and a server that lists millions is not listened to. */
    private static final int LONGEST_SET = 50;

    /**
     * A message that may be a probe.
     *
     * @param uid its name in the mailbox
     * @param message the whole, or its beginning where it is longer than the settings allow
     */
    public record Letter(String uid, MailMessage message) {}

    private final MailboxSettings settings;
    private final @Nullable ImapConnection imap;
    private final @Nullable Pop3Connection pop3;
    private final Set<String> seen = new HashSet<>();

    /** What may be a probe and has not been read for want of room in a look, newest first. */
    private final List<Long> unread = new ArrayList<>();

    private long lastUid;
    private boolean isFirst = true;
    private boolean isClosed;

    private MailboxVisit(MailboxSettings settings, @Nullable ImapConnection imap, @Nullable Pop3Connection pop3) {
        this.settings = settings;
        this.imap = imap;
        this.pop3 = pop3;
    }

    /**
     * Connects, encrypts where the settings say so, and logs in, with a password.
     *
     * @param reply how long the server may take for the connection, and for each answer
     */
    public static MailboxVisit open(MailboxSettings settings, Duration reply) throws VisitException {
        if (!(settings.login() instanceof MailboxLogin.Password login)) {
            throw new IllegalArgumentException("a visit needs a password");
        }
        MailboxLimits usual = MailboxLimits.DEFAULT;
        MailboxLimits limits =
                new MailboxLimits(reply, reply, usual.idle(), usual.shortestPause(), usual.longestPause());
        try {
            return switch (settings.protocol()) {
                case IMAP -> new MailboxVisit(settings, ImapConnection.open(settings, limits, login.password()), null);
                case POP3 -> new MailboxVisit(settings, null, Pop3Connection.open(settings, limits, login.password()));
            };
        } catch (MailboxTrouble told) {
            throw VisitException.opening(told);
        } catch (RuntimeException unexpected) {
            throw VisitException.opening(nonsense(unexpected));
        }
    }

    /** Whether another look may see what came since the last one; by POP3 it takes another visit. */
    public boolean seesNews() {
        return imap != null;
    }

    /** The messages that may be probes and were not seen before in this visit, in the order of their coming. */
    public List<Letter> look() throws VisitException {
        try {
            return imap != null ? look(imap) : pop3 != null ? look(pop3) : List.of();
        } catch (MailboxTrouble told) {
            throw VisitException.reading(told);
        } catch (RuntimeException unexpected) {
            throw VisitException.reading(nonsense(unexpected));
        }
    }

    private List<Letter> look(ImapConnection connection) throws MailboxTrouble {
        if (!isFirst) {
            connection.ask();
        }
        isFirst = false;
        String newest = connection.messages() > MOST ? connection.messages() - MOST + 1 + ":* " : "";
        List<Long> uids = connection.search(newest + "UID " + (lastUid + 1) + ":* UNDELETED").stream()
                .filter(uid -> uid > lastUid)
                .toList();
        List<Long> hints = new ArrayList<>();
        for (int i = 0; i < uids.size(); i += LONGEST_SET) {
            connection.summaries(uids.subList(i, Math.min(i + LONGEST_SET, uids.size()))).stream()
                    .filter(summary -> MailHint.isIn(summary.header(), summary.size()))
                    .forEach(summary -> hints.add(summary.uid()));
            lastUid = Math.max(lastUid, uids.get(Math.min(i + LONGEST_SET, uids.size()) - 1));
        }
        hints.sort(Comparator.reverseOrder());
        unread.addAll(0, hints);
        return newest(connection);
    }

    /** The newest come first: what is waited for has just come, and what others left may be a lot. The rest is for the next look. */
    private List<Letter> newest(ImapConnection connection) throws MailboxTrouble {
        List<Letter> letters = new ArrayList<>();
        while (!unread.isEmpty() && letters.size() < MOST_READ) {
            long uid = unread.removeFirst();
            Content content = connection.fetch(uid, settings.maxMessageSize());
            if (content != null) {
                letters.addFirst(new Letter(Long.toString(uid), MailMessage.of(content.start())));
            }
        }
        return letters;
    }

    private List<Letter> look(Pop3Connection connection) throws MailboxTrouble {
        List<Letter> letters = new ArrayList<>();
        int newest = connection.count();
        for (int number = newest; number > 0 && number > newest - MOST && letters.size() < MOST_READ; number--) {
            if (seen.add(Integer.toString(number))
                    && MailHint.isIn(connection.header(number), connection.size(number))) {
                Content content = connection.fetch(number, settings.maxMessageSize());
                letters.addFirst(new Letter(Integer.toString(number), MailMessage.of(content.start())));
            }
        }
        return letters;
    }

    /** Deletes this message and no other; by POP3 when the visit is ended by {@link #end}. */
    public void delete(Letter letter) throws VisitException {
        try {
            if (imap != null) {
                imap.delete(Long.parseLong(letter.uid()));
            } else if (pop3 != null) {
                pop3.delete(Integer.parseInt(letter.uid()));
            }
        } catch (MailboxTrouble told) {
            throw VisitException.reading(told);
        }
    }

    /** Ends the visit well: what is to be deleted is. */
    public void end() throws VisitException {
        try {
            if (pop3 != null) {
                pop3.quit();
            }
        } catch (MailboxTrouble told) {
            throw VisitException.reading(told);
        } finally {
            close();
        }
    }

    /** Ends it in whatever way. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (imap != null) {
            imap.close();
        }
        if (pop3 != null) {
            pop3.close();
        }
    }

    private static MailboxTrouble nonsense(RuntimeException unexpected) {
        return new MailboxTrouble(
                MailboxTrouble.Kind.SERVER, "the server answers as none should: " + unexpected, unexpected);
    }
}
