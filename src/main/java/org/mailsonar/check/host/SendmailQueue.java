package org.mailsonar.check.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mailsonar.program.Programs;
import org.mailsonar.program.Ran;

/**
 * Sendmail's queue by {@code mailq}, of all queue groups, and by {@code mailq -qQ}, without which it says nothing of what is in quarantine. A
 * message that is being worked on ({@code *} behind its id) is active, one with a remark in parentheses is deferred, one in quarantine is
 * held, and one without either has just arrived. Times are local and without a year.
 */
final class SendmailQueue implements QueueReader {

    /** {@code xALA0abc012345*     1234 Sat Nov 21 10:00 <sender@company.test>}: id, size, time, sender. */
    private static final Pattern MESSAGE = Pattern.compile(
            "^([0-9A-Za-z]{8,20})([-*X?]?)\\s*\\(?\\s*(?:\\d+|-|no control file\\))\\s+\\w{3} (\\w{3})\\s+(\\d{1,2}) (\\d{2}:\\d{2}).*$");

    /** The kind of the message's body may stand before it. */
    private static final Pattern REMARK = Pattern.compile("^\\s+(?:8BITMIME|7BIT)?\\s*\\(");

    /** The last line, of an empty queue as well. */
    private static final Pattern END = Pattern.compile("^\\s*Total requests: \\d+\\s*$");

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu MMM d HH:mm", Locale.ENGLISH);

    private final Programs programs;
    private final Duration limit;
    private final String program;

    SendmailQueue(Programs programs, Duration limit, String program) {
        this.programs = programs;
        this.limit = limit;
        this.program = program;
    }

    @Override
    public QueueTally count(Instant now) throws CannotLookException, InterruptedException {
        QueueTally tally = new QueueTally();
        add(List.of(program), now, tally);
        add(List.of(program, "-qQ"), now, tally);
        return tally;
    }

    private void add(List<String> command, Instant now, QueueTally tally)
            throws CannotLookException, InterruptedException {
        AtomicBoolean whole = new AtomicBoolean();
        Ran ran = programs.run(command, limit, output -> whole.set(read(output, now, ZoneId.systemDefault(), tally)));
        switch (ran) {
            case Ran.NotRun(String why) -> throw new CannotLookException(why);
            case Ran.Ended ended
            when ended.status() != 0 -> throw new CannotLookException(String.join(" ", command) + " " + ended.told());
            case Ran.Ended _ -> {
                if (!whole.get()) {
                    throw new CannotLookException(
                            program + " does not speak as sendmail's mailq; a queue of Postfix or Exim is"
                                    + " written as postfix: or exim:");
                }
            }
        }
    }

    /**
     * Adds the messages of an output.
     *
     * @return whether it is sendmail's, to its end: other servers bring a mailq of their own
     */
    static boolean read(InputStream output, Instant now, ZoneId zone, QueueTally tally) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.ISO_8859_1));
        Entry entry = null;
        boolean ended = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            ended |= END.matcher(line).matches();
            Matcher message = line.length() > 1000 ? MESSAGE.matcher("") : MESSAGE.matcher(line);
            if (message.matches()) {
                add(entry, tally);
                entry = new Entry(
                        message.group(2).equals("*") ? QueueTally.Standing.ACTIVE : QueueTally.Standing.INCOMING,
                        age(message, now, zone));
            } else if (entry != null && line.startsWith(" ") && line.strip().startsWith("QUARANTINE:")) {
                entry = new Entry(QueueTally.Standing.HELD, entry.age);
            } else if (entry != null
                    && entry.standing == QueueTally.Standing.INCOMING
                    && line.startsWith(" ")
                    && REMARK.matcher(line).find()) {
                entry = new Entry(QueueTally.Standing.DEFERRED, entry.age);
            }
        }
        add(entry, tally);
        return ended;
    }

    private record Entry(QueueTally.Standing standing, long age) {}

    private static void add(@Nullable Entry entry, QueueTally tally) {
        if (entry != null) {
            tally.add(entry.standing, entry.age);
        }
    }

    /** A time that would be in the future was last year's. */
    private static long age(Matcher message, Instant now, ZoneId zone) {
        String text = " " + message.group(3) + " " + message.group(4) + " " + message.group(5);
        int year = Year.from(now.atZone(zone)).getValue();
        for (int tried = year; tried > year - 9; tried--) {
            try {
                Instant then = LocalDateTime.parse(tried + text, TIME.withResolverStyle(ResolverStyle.STRICT))
                        .atZone(zone)
                        .toInstant();
                if (!then.isAfter(now.plusSeconds(86_400))) {
                    return Math.max(0, Duration.between(then, now).toSeconds());
                }
            } catch (DateTimeException notThisYear) {
                // the 29th of February, or no date at all
            }
        }
        return 0;
    }
}
