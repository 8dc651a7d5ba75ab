package org.mailsonar.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;
import org.mailsonar.verdict.Change;
import org.mailsonar.verdict.Verdict;

/** What a notice says in words. They may wake somebody, so the first ones say which target and what is wrong. */
final class Texts {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY_AND_CLOCK = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final int SHORTEST_CAUSE = 12;

    private Texts() {}

    /**
     * One line. Where it would be too long the cause is cut first, then the last round trip and the votes are left out; the
     * beginning and the command are what is kept longest.
     *
     * @param most characters
     */
    static String line(Notice notice, int most) {
        String head = OneLine.printable(headline(notice));
        String cause = OneLine.printable(notice.verdict().cause()).strip();
        String[] extras = {sentence(votes(notice)), sentence(roundTrip(notice))};
        String remedy = remedy(notice);
        // Without a full stop, which would be copied along with the command.
        String end = remedy.isEmpty() ? "" : " " + remedy;
        for (int kept = extras.length; kept >= 0; kept--) {
            String rest = String.join("", List.of(extras).subList(0, kept)) + end;
            int room = most - head.length() - rest.length() - 1;
            if (cause.isEmpty() && room >= 0) {
                return head + "." + rest;
            }
            if (!cause.isEmpty() && room - 2 >= Math.min(cause.length(), SHORTEST_CAUSE)) {
                return head + ": " + cut(cause, room - 2) + "." + rest;
            }
        }
        return cut(head + "." + end, most);
    }

    /** The same and all else that is known, one thing a line. */
    static String text(Notice notice) {
        Verdict verdict = notice.verdict();
        StringBuilder text = new StringBuilder(400);
        text.append(OneLine.printable(headline(notice))).append(".\n\n");
        row(text, "Target", notice.target());
        row(text, "Verdict", verdict.state().text());
        row(text, "Since", moment(verdict.since(), null));
        row(text, "Cause", verdict.cause());
        row(text, "Vantages", notice.change().votes());
        Duration trip = verdict.lastRoundTrip();
        Instant lastReturn = verdict.lastReturn();
        if (trip == null && lastReturn != null) {
            row(text, "Well until", moment(lastReturn, null)); // no probe's target
        } else {
            row(
                    text,
                    "Last round trip",
                    trip == null
                            ? "none so far"
                            : time(trip) + (lastReturn == null ? "" : ", back " + moment(lastReturn, null)));
        }
        Change before = notice.before();
        if (before != null) {
            row(
                    text,
                    "Told before",
                    before.verdict().state().text() + " since "
                            + moment(before.verdict().since(), null));
        }
        row(text, "More", notice.command());
        if (isOpen(notice)) {
            row(text, "I know of it", acknowledgement(notice));
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(String.format(Locale.ROOT, "%-16s %s%n", name + ":", OneLine.printable(value))
                    .replace("\r", ""));
        }
    }

    private static String headline(Notice notice) {
        String fact = fact(notice);
        return switch (notice.kind()) {
            case CHANGE -> fact;
            case TEST -> "A test of Mailsonar, nothing is wrong";
            case REPEAT -> "Still so after " + time(age(notice)) + ": " + fact;
            case ESCALATION -> "Nobody has answered for " + time(age(notice)) + ": " + fact;
        };
    }

    private static String fact(Notice notice) {
        Verdict verdict = notice.verdict();
        String since = " since " + moment(verdict.since(), notice.now());
        return notice.target()
                + switch (verdict.state()) {
                    case DOWN -> " is DOWN" + since;
                    case SLOW -> (isEased(notice) ? " is down no more, but SLOW" : " is SLOW") + since;
                    case WARNING -> (isEased(notice) ? " is down no more, but wants" : " wants") + " ATTENTION" + since;
                    case FAILING -> " is FAILING" + since + ", not called down yet";
                    case INCONCLUSIVE -> ": nothing CERTAIN is known" + since;
                    case NOT_APPLICABLE -> " is not judged" + since + before(notice);
                    case HEALTHY -> " is WELL AGAIN" + since + before(notice);
                };
    }

    private static boolean isEased(Notice notice) {
        Change before = notice.before();
        return before != null && before.verdict().state() == Verdict.State.DOWN;
    }

    private static String before(Notice notice) {
        Change before = notice.before();
        if (before == null) {
            return "";
        }
        Duration lasted =
                Duration.between(before.verdict().since(), notice.verdict().since());
        return ", after " + (lasted.isNegative() ? "" : time(lasted) + " ")
                + (before.verdict().state() == Verdict.State.INCONCLUSIVE
                        ? "of uncertainty"
                        : before.verdict().state().text());
    }

    private static Duration age(Notice notice) {
        Duration age = Duration.between(notice.change().at(), notice.now());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** A single vantage agrees with itself: that says nothing. */
    private static String votes(Notice notice) {
        String votes = notice.change().votes();
        boolean isSaid = votes.isEmpty() || votes.contains(" of 1,") || notice.severity() == null || isTest(notice);
        return isSaid ? "" : "Vantages: " + OneLine.printable(votes);
    }

    private static String roundTrip(Notice notice) {
        Verdict verdict = notice.verdict();
        Duration trip = verdict.lastRoundTrip();
        Instant lastReturn = verdict.lastReturn();
        if (trip == null || isTest(notice)) {
            return "";
        }
        boolean isGood = notice.severity() == null;
        return (isGood ? "Round trip " : "Last round trip ")
                + time(trip)
                + (isGood || lastReturn == null ? "" : " at " + moment(lastReturn, notice.now()));
    }

    private static String remedy(Notice notice) {
        if (isTest(notice)) {
            return "";
        }
        return notice.kind() == Notice.Kind.ESCALATION ? "Answer: " + acknowledgement(notice) : notice.command();
    }

    private static String acknowledgement(Notice notice) {
        return "mailsonar ack " + shellWord(notice.target());
    }

    private static boolean isOpen(Notice notice) {
        return notice.severity() != null && !isTest(notice);
    }

    private static boolean isTest(Notice notice) {
        return notice.kind() == Notice.Kind.TEST;
    }

    private static String sentence(String text) {
        return text.isEmpty() ? "" : " " + text + ".";
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return most < 3
                ? text.substring(0, Math.max(0, most))
                : text.substring(0, most - 2).strip() + "..";
    }

    /** With the day where it is not that of the reader's moment. */
    private static String moment(Instant instant, @Nullable Instant reader) {
        LocalDate today = reader == null ? null : LocalDate.ofInstant(reader, ZoneOffset.UTC);
        boolean isToday = LocalDate.ofInstant(instant, ZoneOffset.UTC).equals(today);
        return (isToday ? CLOCK : DAY_AND_CLOCK).format(instant.atOffset(ZoneOffset.UTC)) + " UTC";
    }

    /** {@code 140 ms}, {@code 1.4 s}, {@code 48 s}, {@code 4 min 10 s}, {@code 3 h 20 min}, {@code 2 d 5 h}. */
    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (time.toMillis() < 1000) {
            return time.toMillis() + " ms";
        }
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(time.toMillis() / 100.0) / 10);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        return seconds < 86_400
                ? two(seconds / 3600, "h", seconds / 60 % 60, "min")
                : two(seconds / 86_400, "d", seconds / 3600 % 24, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** As a person can paste it into a shell. */
    static String shellWord(String text) {
        String line = OneLine.printable(text);
        return line.matches("[A-Za-z0-9@%+=:,./_-]+") ? line : "'" + line.replace("'", "'\\''") + "'";
    }
}
