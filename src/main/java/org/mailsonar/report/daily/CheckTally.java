package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckRecord;
import org.mailsonar.check.CheckResult.State;
import org.mailsonar.report.daily.WeekBefore.Silent;

/** Gathers what checks found, on the day and in the week before. To be filled by one thread, oldest first. */
final class CheckTally {

    /** A check that was taken out of the file while it failed has not failed ever since; one that runs seldom tells for longer. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Map<String, Duration> every;

    private final Week week;

    private final Map<String, Map<String, Map<String, Beside<Results>>>> all = new TreeMap<>();

    /**
     * Nothing was found yet.
     *
     * @param every how often the targets that are configured are looked at, by name
     */
    CheckTally(Map<String, Duration> every, Week week) {
        this.every = every;
        this.week = week;
    }

    /** Counts one. */
    void add(CheckRecord result) {
        all.computeIfAbsent(result.target(), _ -> new TreeMap<>())
                .computeIfAbsent(result.name(), _ -> new TreeMap<>())
                .computeIfAbsent(result.vantage(), _ -> Beside.of(() -> new Results(longest(result.target()))))
                .of(week.isOfDay(result.at()))
                .add(result);
    }

    private Duration longest(String target) {
        Duration twice = every.getOrDefault(target, Duration.ZERO).multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? twice : LONGEST;
    }

    /** Those that were made on the day. */
    List<CheckDay> days(Instant begin, Instant until) {
        List<CheckDay> days = new ArrayList<>();
        each((target, name, vantage, results) -> {
            if (results.day().number > 0) {
                days.add(results.day()
                        .day(target, vantage, name, until, results.before().before(begin)));
            }
        });
        return days;
    }

    /** Those that were made in the week before alone. */
    List<Silent> silent() {
        List<Silent> silent = new ArrayList<>();
        each((target, name, vantage, results) -> {
            if (results.day().number == 0) {
                silent.add(new Silent("check", CheckDay.fullName(target, name, vantage), results.before().last));
            }
        });
        return silent;
    }

    private interface Reader {
        void read(String target, String name, String vantage, Beside<Results> results);
    }

    private void each(Reader reader) {
        all.forEach((target, names) -> names.forEach((name, vantages) ->
                vantages.forEach((vantage, results) -> reader.read(target, name, vantage, results))));
    }

    /** One check at one vantage. */
    private static final class Results {
        private final Duration longest;
        private final Latencies took = new Latencies();
        private long number;
        private long failed;
        private long warned;
        private long unknown;
        private Duration notGood = Duration.ZERO;
        private @Nullable Instant badSince;
        private String lastTrouble = "";
        private Instant last = Instant.MIN;

        Results(Duration longest) {
            this.longest = longest;
        }

        void add(CheckRecord result) {
            close(result.at());
            number++;
            last = result.at();
            switch (result.state()) {
                case GOOD -> {}
                case WARNING -> warned++;
                case FAILING -> failed++;
                case UNKNOWN -> unknown++;
            }
            if (result.state() == State.GOOD || result.state() == State.WARNING) {
                took.add(result.took().toNanos());
            }
            if (result.state() != State.GOOD) {
                lastTrouble = result.reason();
            }
            badSince = result.state() == State.WARNING || result.state() == State.FAILING ? result.at() : null;
        }

        private void close(Instant at) {
            if (badSince != null) {
                Duration length = Duration.between(badSince, at);
                notGood = notGood.plus(length.compareTo(longest) < 0 ? length : longest);
            }
            badSince = null;
        }

        CheckDay.Before before(Instant until) {
            close(until);
            return new CheckDay.Before(number, failed, warned, unknown, notGood, took.roundTrips());
        }

        CheckDay day(String target, String vantage, String name, Instant until, CheckDay.Before before) {
            close(until);
            return new CheckDay(
                    target,
                    vantage,
                    name,
                    number,
                    failed,
                    warned,
                    unknown,
                    notGood,
                    took.roundTrips(),
                    lastTrouble,
                    before);
        }
    }
}
