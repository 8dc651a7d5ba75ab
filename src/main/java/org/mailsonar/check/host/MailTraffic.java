package org.mailsonar.check.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * What went through the mail server since the round before, by its log: counted, and for each minute; the average size of a message. The
 * first round counts nothing.
 */
final class MailTraffic implements HostPart {

    private static final String POSITION = "maillog";
    private static final String OLD = "maillog.old";
    private static final String FILE = "maillog.file";
    private static final String AT = "maillog.at";
    private static final String REST = "maillog.rest";

    @Override
    public String name() {
        return "mail log";
    }

    @Override
    public void look(Round round) throws CannotLookException {
        HostSettings.@Nullable MailLog log = round.settings().mailLog();
        if (log == null) {
            return;
        }
        HostMemory before = round.before();
        String file = log.file().toString();
        @Nullable
        LogPosition position = before.text(FILE).equals(file) ? LogPosition.parse(before.text(POSITION)) : null;
        MailLogTally tally = MailLogTally.of(log.format(), before.text(REST));
        LogTail tail = new LogTail(log.file());
        try {
            if (position == null) {
                remember(round, file, tail.end(), null, "");
                return;
            }
            LogTail.Result result = tail.readSince(position, LogPosition.parse(before.text(OLD)), tally);
            remember(round, file, result.position(), result.old(), tally.rest());
            if (result.lost()) {
                round.trouble("mail log: " + file
                        + ": what was written before it was rotated is not counted, since no file beside it is the one that"
                        + " was read; let logrotate use delaycompress");
            }
        } catch (IOException unreadable) {
            // The next round goes on from here.
            remember(round, before);
            throw new CannotLookException(file + ": " + why(unreadable));
        }
        measure(round, tally, round.now().getEpochSecond() - before.number(AT).orElse(Long.MAX_VALUE));
    }

    private static void measure(Round round, MailLogTally tally, long seconds) {
        measure(round, "accepted", tally.accepted, seconds);
        measure(round, "delivered", tally.delivered, seconds);
        measure(round, "deferred", tally.deferred, seconds);
        measure(round, "bounced", tally.bounced, seconds);
        measure(round, "rejected", tally.rejected, seconds);
        round.measure("mail_bytes", tally.bytes, "B");
        if (tally.sized > 0) {
            round.measure("mail_size", (double) tally.bytes / tally.sized, "B");
        }
        if (seconds > 0) {
            round.measure("mail_bytes_rate", tally.bytes * 60.0 / seconds, "B");
        }
    }

    private static void measure(Round round, String what, long count, long seconds) {
        round.measure("mail_" + what, count, "");
        if (seconds > 0) {
            round.measure("mail_" + what + "_rate", count * 60.0 / seconds, "");
        }
    }

    private static void remember(
            Round round, String file, LogPosition position, @Nullable LogPosition old, String rest) {
        if (old != null) {
            round.after().put(OLD, old.toString());
        }
        round.after().put(FILE, file);
        round.after().put(POSITION, position.toString());
        round.after().put(AT, round.now().getEpochSecond());
        round.after().put(REST, rest);
    }

    private static void remember(Round round, HostMemory before) {
        for (String name : new String[] {FILE, POSITION, OLD, AT, REST}) {
            if (!before.text(name).isEmpty()) {
                round.after().put(name, before.text(name));
            }
        }
    }

    private static String why(IOException unreadable) {
        return switch (unreadable) {
            case NoSuchFileException missing -> "there is no such file; name another one";
            case AccessDeniedException forbidden ->
                "this user may not read it; add it to the log's group, adm on Debian";
            default -> "cannot be read (" + unreadable + ")";
        };
    }
}
