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

/** Gathers what checks found. To be filled by one thread, oldest first. */
final class CheckTally {

    /** A check that was taken out of the file while it failed has not failed ever since; one that runs seldom tells for longer. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Map<String, Duration> every;

    private final Map<String, Map<String, Map<String, Results>>> all = new TreeMap<>();

    /**
     * Nothing was found yet.
     *
     * @param every how often the targets that are configured are looked at, by name
     */
    CheckTally(Map<String, Duration> every) {
        this.every = every;
    }

    /** Counts one. */
    void add(CheckRecord result) {
        all.computeIfAbsent(result.target(), _ -> new TreeMap<>())
                .computeIfAbsent(result.name(), _ -> new TreeMap<>())
                .computeIfAbsent(result.vantage(), _ -> new Results(longest(result.target())))
                .add(result);
    }

    private Duration longest(String target) {
        Duration twice = every.getOrDefault(target, Duration.ZERO).multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? twice : LONGEST;
    }

    List<CheckDay> days(Instant until) {
        List<CheckDay> days = new ArrayList<>();
        all.forEach((target, names) -> names.forEach((name, vantages) ->
                vantages.forEach((vantage, results) -> days.add(results.day(target, vantage, name, until)))));
        return days;
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

        Results(Duration longest) {
            this.longest = longest;
        }

        void add(CheckRecord result) {
            close(result.at());
            number++;
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

        CheckDay day(String target, String vantage, String name, Instant until) {
            close(until);
            return new CheckDay(
                    target, vantage, name, number, failed, warned, unknown, notGood, took.roundTrips(), lastTrouble);
        }
    }
}
