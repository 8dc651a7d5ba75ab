package org.mailsonar.intake.mailbox;

import java.time.Duration;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.time.Moment;
import org.mailsonar.time.TimeSource;

/**
 * The folder where the server puts what it takes for junk, looked into beside the usual one on the same connection. It is asked for its state
 * (STATUS), and selected only where that has changed. Where it is not there, that is told once, and the usual folder goes on. For one thread.
 */
final class JunkFolder {

    private static final Logger LOG = LogManager.getLogger(JunkFolder.class);

    private final ImapFolder folder;
    private final MailboxSettings settings;
    private final TimeSource time;
    private @Nullable Moment lastAsked;
    private String state = "";
    private boolean isMissing;

    JunkFolder(ImapFolder folder, MailboxSettings settings, TimeSource time) {
        this.folder = folder;
        this.settings = settings;
        this.time = time;
    }

    /** How long until it is to be asked for again. */
    Duration untilNext(Pace pace) {
        Moment last = lastAsked;
        if (last == null) {
            return Duration.ZERO;
        }
        Duration between =
                isMissing ? settings.poll() : pace.pause(settings.poll(), Pace.SHORTEST_VISIT, Duration.ZERO);
        Duration left = between.minus(time.now().since(last));
        return left.isNegative() ? Duration.ZERO : folder.untilNext(left);
    }

    /**
     * Looks for what is new, and what is due again.
     *
     * @return whether another folder is selected now, so that the usual one is to be selected again
     */
    boolean look(ImapConnection connection, Watch watch) throws MailboxTrouble {
        Moment asked = time.now();
        lastAsked = asked;
        try {
            String now = connection.state(folder.name());
            boolean isPending = folder.untilNext(Duration.ofDays(1)).isZero();
            if (now.equals(state) && !isPending) {
                folder.sawNothing(asked);
                return false;
            }
            connection.select(folder.name());
            folder.recognize(connection);
            folder.look(connection, null, watch);
            state = now;
            isMissing = false;
            return true;
        } catch (MailboxTrouble trouble) {
            if (trouble.kind() != MailboxTrouble.Kind.SERVER) {
                throw trouble;
            }
            if (!isMissing) {
                LOG.warn("{}: junk is not looked at: {}", settings.describe(), trouble.getMessage());
            }
            isMissing = true;
            return true;
        }
    }
}
