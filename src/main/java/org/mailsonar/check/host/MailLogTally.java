package org.mailsonar.check.host;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts what a mail log tells, line by line. Of one thread. */
abstract sealed class MailLogTally implements Consumer<String> permits MailLogTally.Postfix, MailLogTally.Exim {

    /** Messages taken, by SMTP or from programs. */
    long accepted;
    /** Bytes of these. */
    long bytes;
    /** Messages that these are the bytes of; of some taken the size comes later, or never. */
    long sized;
    /** Recipients whose message was delivered or handed on. */
    long delivered;
    /** Recipients whose message came back. */
    long bounced;
    /** Attempts that are to be repeated, by recipient. */
    long deferred;
    /** Senders and recipients that were refused. */
    long rejected;

    /** For a log of this format; what another one left with {@link #rest} goes on here. */
    static MailLogTally of(HostSettings.MailLog.Format format, String rest) {
        return switch (format) {
            case POSTFIX -> new Postfix(rest);
            case EXIM -> new Exim();
        };
    }

    /** What the next tally has to know: ids of messages whose size is still to come. */
    String rest() {
        return "";
    }

    /**
     * Postfix. A message is taken when smtpd or pickup gives it an id; the size stands in the first line of qmgr about that id, and in each
     * later one too, at every further attempt.
     */
    static final class Postfix extends MailLogTally {

        private static final Pattern LINE =
                Pattern.compile("^.{0,100}?[\\s/]([a-z]+)\\[\\d+\\]: (?:[0-9A-Za-z]{6,32}|NOQUEUE): .*$");
        private static final Pattern STATUS =
                Pattern.compile("^.*?\\]: [0-9A-Za-z]+: (?:to=<.*?>, .*?, |from=<.*?>, )status=([a-z]+)\\b.*$");
        private static final Pattern SIZE =
                Pattern.compile("^.*?\\]: ([0-9A-Za-z]+): from=<.*>, size=(\\d{1,15}), nrcpt=.*$");
        private static final int MOST_WAITING = 2000;

        private final Set<String> waiting = new LinkedHashSet<>();

        Postfix(String rest) {
            for (String id : rest.split(" ", -1)) {
                if (!id.isEmpty()) {
                    waiting.add(id);
                }
            }
        }

        @Override
        public void accept(String line) {
            int begin = line.indexOf("]: ");
            int colon = begin < 0 ? -1 : line.indexOf(": ", begin + 3);
            if (colon < 0) {
                return;
            }
            String id = line.substring(begin + 3, colon);
            String rest = line.substring(colon + 2);
            if (id.equals("NOQUEUE")) {
                rejected += isRejection(rest) ? 1 : 0;
            } else if (rest.startsWith("client=") || rest.startsWith("uid=")) {
                take(line, id);
            } else if (rest.startsWith("to=<") || rest.startsWith("from=<")) {
                status(line);
                size(line, id);
            } else if (isRejection(rest)) {
                rejected++;
            }
        }

        private static boolean isRejection(String rest) {
            return rest.startsWith("reject: ") || rest.startsWith("milter-reject: ");
        }

        private void take(String line, String id) {
            if (LINE.matcher(line).matches()) {
                accepted++;
                waiting.add(id);
                if (waiting.size() > MOST_WAITING) {
                    waiting.remove(waiting.iterator().next());
                }
            }
        }

        private void status(String line) {
            Matcher status = STATUS.matcher(line);
            if (status.matches()) {
                switch (status.group(1)) {
                    case "sent" -> delivered++;
                    case "bounced", "expired" -> bounced++;
                    case "deferred" -> deferred++;
                    default -> {}
                }
            }
        }

        private void size(String line, String id) {
            if (waiting.contains(id)) {
                Matcher size = SIZE.matcher(line);
                if (size.matches()) {
                    bytes += Long.parseLong(size.group(2));
                    sized++;
                    waiting.remove(id);
                }
            }
        }

        @Override
        String rest() {
            return String.join(" ", waiting);
        }
    }

    /** Exim's main log: a mark behind the id tells what happened. */
    static final class Exim extends MailLogTally {

        private static final Pattern LINE = Pattern.compile(
                "^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\S*(?: [-+]\\d{4})?(?: \\[\\d+\\])? [0-9A-Za-z]{6}-[0-9A-Za-z]{6,11}-[0-9A-Za-z]{2,4} (<=|=>|->|>>|\\*\\*|==) .*$");
        private static final Pattern SIZE = Pattern.compile(" S=(\\d{1,15})(?: |$)");

        @Override
        public void accept(String line) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                rejected += line.contains(" rejected ") ? 1 : 0;
                return;
            }
            switch (matcher.group(1)) {
                case "<=" -> {
                    accepted++;
                    Matcher size = SIZE.matcher(line);
                    if (size.find()) {
                        bytes += Long.parseLong(size.group(1));
                        sized++;
                    }
                }
                case "=>", "->", ">>" -> delivered++;
                case "**" -> bounced++;
                default -> deferred++;
            }
        }
    }
}
