package org.mailsonar.report.daily;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.host.HostSample;

/** Gathers what machines looked like. To be filled by one thread. */
final class HostTally {

    private final ReportDay day;
    private final int hoursOfDay;
    private final Map<String, Map<String, Values>> hosts = new TreeMap<>();

    HostTally(ReportDay day, int hoursOfDay) {
        this.day = day;
        this.hoursOfDay = hoursOfDay;
    }

    /** Counts one. */
    void add(HostSample sample) {
        Map<String, Values> measures = hosts.computeIfAbsent(sample.host(), _ -> new TreeMap<>());
        sample.values()
                .forEach((name, value) -> measures.computeIfAbsent(name, _ -> new Values(hoursOfDay))
                        .add(value, sample.at(), ReportDay.hourOf(sample.at(), day.from(), hoursOfDay)));
    }

    List<HostDay> days() {
        List<HostDay> days = new ArrayList<>();
        hosts.forEach((host, measures) -> {
            List<HostDay.Measured> measured = new ArrayList<>();
            measures.forEach((name, values) -> measured.add(values.measured(name, day.from())));
            days.add(new HostDay(host, measured));
        });
        return days;
    }

    /** One measure. */
    private static final class Values {
        private final double[] sums;
        private final long[] numbers;
        private double maximum = Double.NEGATIVE_INFINITY;
        private Instant maximumAt = Instant.EPOCH;

        Values(int hours) {
            this.sums = new double[hours];
            this.numbers = new long[hours];
        }

        void add(double value, Instant at, int hour) {
            sums[hour] += value;
            numbers[hour]++;
            if (value > maximum) {
                maximum = value;
                maximumAt = at;
            }
        }

        HostDay.Measured measured(String name, Instant begin) {
            List<@Nullable Double> averages = new ArrayList<>();
            double sum = 0;
            long number = 0;
            int worst = -1;
            for (int i = 0; i < sums.length; i++) {
                sum += sums[i];
                number += numbers[i];
                averages.add(numbers[i] == 0 ? null : sums[i] / numbers[i]);
                if (numbers[i] > 0 && (worst < 0 || sums[i] / numbers[i] > sums[worst] / numbers[worst])) {
                    worst = i;
                }
            }
            return new HostDay.Measured(
                    name,
                    number,
                    sum / number,
                    maximum,
                    maximumAt,
                    begin.plus(Duration.ofHours(worst)),
                    sums[worst] / numbers[worst],
                    averages);
        }
    }
}
