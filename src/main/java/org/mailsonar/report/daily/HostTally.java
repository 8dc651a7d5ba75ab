package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.host.HostSample;
import org.mailsonar.report.daily.WeekBefore.Silent;

/** Gathers what machines looked like, on the day and in the week before. To be filled by one thread. */
final class HostTally {

    private final Instant begin;
    private final Week week;
    private final int hoursOfDay;
    private final Map<String, Map<String, Beside<Values>>> hosts = new TreeMap<>();

    HostTally(ReportDay day, Week week, int hoursOfDay) {
        this.begin = day.from();
        this.week = week;
        this.hoursOfDay = hoursOfDay;
    }

    /** Counts one. */
    void add(HostSample sample) {
        boolean ofDay = week.isOfDay(sample.at());
        int part = ofDay ? ReportDay.hourOf(sample.at(), begin, hoursOfDay) : week.dayOf(sample.at());
        Map<String, Beside<Values>> measures = hosts.computeIfAbsent(sample.host(), _ -> new TreeMap<>());
        sample.values()
                .forEach((name, value) ->
                        measures.computeIfAbsent(name, _ -> empty()).of(ofDay).add(value, sample.at(), part));
    }

    private Beside<Values> empty() {
        return new Beside<>(new Values(hoursOfDay), new Values(Week.DAYS));
    }

    /** Those of which there is a sample of the day, with the measures that it has. */
    List<HostDay> days() {
        List<HostDay> days = new ArrayList<>();
        hosts.forEach((host, measures) -> {
            List<HostDay.Measured> measured = new ArrayList<>();
            measures.forEach((name, values) -> {
                if (values.day().isAny()) {
                    measured.add(
                            values.day().measured(name, begin, values.before().before()));
                }
            });
            if (!measured.isEmpty()) {
                days.add(new HostDay(host, measured));
            }
        });
        return days;
    }

    /** The hosts that have samples of the week before alone, and such measures of the others. */
    List<Silent> silent() {
        List<Silent> silent = new ArrayList<>();
        hosts.forEach((host, measures) -> {
            if (measures.values().stream().noneMatch(values -> values.day().isAny())) {
                Instant last = measures.values().stream()
                        .map(values -> values.before().last)
                        .reduce(Instant.MIN, Timeline::later);
                silent.add(new Silent("host", host, last));
                return;
            }
            measures.forEach((name, values) -> {
                if (!values.day().isAny()) {
                    silent.add(new Silent("measure", host + ": " + name, values.before().last));
                }
            });
        });
        return silent;
    }

    /** One measure, by the parts of a time. */
    private static final class Values {
        private final double[] sums;
        private final long[] numbers;
        private double maximum = Double.NEGATIVE_INFINITY;
        private Instant maximumAt = Instant.EPOCH;
        private Instant last = Instant.MIN;

        Values(int parts) {
            this.sums = new double[parts];
            this.numbers = new long[parts];
        }

        void add(double value, Instant at, int part) {
            sums[part] += value;
            numbers[part]++;
            last = at;
            if (value > maximum) {
                maximum = value;
                maximumAt = at;
            }
        }

        boolean isAny() {
            return number() > 0;
        }

        private long number() {
            return LongStream.of(numbers).sum();
        }

        private double average() {
            double sum = 0;
            for (double some : sums) {
                sum += some;
            }
            return sum / number();
        }

        private @Nullable Double average(int part) {
            return numbers[part] == 0 ? null : sums[part] / numbers[part];
        }

        private List<@Nullable Double> averages() {
            List<@Nullable Double> averages = new ArrayList<>();
            for (int i = 0; i < sums.length; i++) {
                averages.add(average(i));
            }
            return averages;
        }

        HostDay.Before before() {
            return new HostDay.Before(number(), isAny() ? average() : null, isAny() ? maximum : null, averages());
        }

        HostDay.Measured measured(String name, Instant begin, HostDay.Before before) {
            int worst = -1;
            for (int i = 0; i < sums.length; i++) {
                if (numbers[i] > 0 && (worst < 0 || sums[i] / numbers[i] > sums[worst] / numbers[worst])) {
                    worst = i;
                }
            }
            return new HostDay.Measured(
                    name,
                    number(),
                    average(),
                    maximum,
                    maximumAt,
                    begin.plus(Duration.ofHours(worst)),
                    sums[worst] / numbers[worst],
                    averages(),
                    before);
        }
    }
}
