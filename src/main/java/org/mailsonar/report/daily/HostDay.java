package org.mailsonar.report.daily;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a machine looked like over a day.
 *
 * @param host its name
 * @param measures by name
 */
public record HostDay(String host, List<Measured> measures) {

    public HostDay {
        measures = List.copyOf(measures);
    }

    /**
     * One measure.
     *
     * @param samples how many
     * @param average of all samples
     * @param maximum the highest
     * @param maximumAt when that was
     * @param worstHour the beginning of the hour with the highest average
     * @param worst that average
     * @param hours each hour's average, in order, as many as the day has; null where there is no sample
     * @param before the seven days before
     */
    public record Measured(
            String name,
            long samples,
            double average,
            double maximum,
            Instant maximumAt,
            Instant worstHour,
            double worst,
            List<@Nullable Double> hours,
            Before before) {

        public Measured {
            hours = Collections.unmodifiableList(new ArrayList<>(hours));
        }

        /** What has clearly changed since the week before. */
        public List<Trend> trends() {
            return Trend.of(Trend.ofMeasure(average, hours, before.days()));
        }
    }

    /**
     * A measure over the seven days before.
     *
     * @param samples how many
     * @param average of all samples; null when there is none, as the next one
     * @param maximum the highest
     * @param days each day's average, in order; null where there is no sample
     */
    public record Before(
            long samples,
            @Nullable Double average,
            @Nullable Double maximum,
            List<@Nullable Double> days) {

        public Before {
            days = Collections.unmodifiableList(new ArrayList<>(days));
        }

        /** The average for people; a dash for none. */
        public String averageText() {
            return average == null ? "–" : Figures.value(average);
        }

        /** The highest, likewise. */
        public String maximumText() {
            return maximum == null ? "–" : Figures.value(maximum);
        }
    }
}
