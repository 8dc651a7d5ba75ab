package org.mailsonar.verdict;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailsonar.check.CheckBook;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.message.OneLine;
import org.mailsonar.verdict.fault.Cause;

/** Says of a target that fails what its own checks have found since it does: which machine and which protocol. Thread-safe. */
final class Diagnosis {

    private static final int MOST_READ = 50;
    private static final int LONGEST = 400;

    /** Stands between the cause and the findings, so that those of before can be told from it. */
    private static final String BEFORE = "; checks: ";

    private final String vantage;
    private final CheckBook book;

    Diagnosis(String vantage, CheckBook book) {
        this.vantage = vantage;
        this.book = book;
    }

    /** The same verdict, with the findings behind its cause; as it is where nothing was looked at since it began. */
    Verdict added(String target, Verdict verdict, Instant now) {
        List<CheckRecord> since = book.newest(target, vantage, now, MOST_READ).stream()
                .filter(result -> !result.at().isBefore(verdict.since()))
                .toList();
        String found = words(since);
        return found.isEmpty()
                ? verdict
                : new Verdict(
                        verdict.state(),
                        verdict.since(),
                        plain(verdict.cause()) + BEFORE + found,
                        verdict.lastRoundTrip(),
                        verdict.lastReturn());
    }

    /** A cause without findings. */
    private static String plain(String cause) {
        int end = cause.indexOf(BEFORE);
        return end < 0 ? cause : cause.substring(0, end);
    }

    /**
     * The newest result of each check, what fails first: {@code imap://mx1: no greeting within 10 s; smtp://mx1 works}.
     *
     * @param newestFirst empty gives an empty text
     */
    static String words(List<CheckRecord> newestFirst) {
        Map<String, CheckRecord> newest = new LinkedHashMap<>();
        newestFirst.forEach(result -> newest.putIfAbsent(result.name(), result));
        List<CheckRecord> sorted = newest.values().stream()
                .sorted(Comparator.comparing(CheckRecord::name))
                .toList();
        String words = OneLine.printable(Cause.of(sorted));
        return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
    }
}
