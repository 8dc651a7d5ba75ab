package org.mailsonar.report.daily;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The small line of a host's measure: its hours' averages from the lowest to the highest, in units of an SVG's user space.
 *
 * @param lines one for each time without a gap: points as an SVG's {@code polyline} takes them
 * @param dots hours that stand alone
 * @param description all of it in words
 */
public record Sparkline(List<String> lines, List<Dot> dots, String description) {

    /** How wide it is. */
    public static final int WIDTH = 120;
    /** How high it is. */
    public static final int HEIGHT = 22;

    private static final int EDGE = 2;

    public Sparkline {
        lines = List.copyOf(lines);
        dots = List.copyOf(dots);
    }

    /** An hour that stands alone. */
    public record Dot(double x, double y) {}

    /** The line of a measure. */
    public static Sparkline of(HostDay.Measured measure) {
        List<@Nullable Double> hours = measure.hours();
        double least = hours.stream()
                .filter(Objects::nonNull)
                .mapToDouble(value -> value)
                .min()
                .orElse(0);
        double most = hours.stream()
                .filter(Objects::nonNull)
                .mapToDouble(value -> value)
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        List<Dot> dots = new ArrayList<>();
        List<Dot> run = new ArrayList<>();
        for (int i = 0; i <= hours.size(); i++) {
            Double value = i < hours.size() ? hours.get(i) : null;
            if (value != null) {
                run.add(new Dot(across(i, hours.size()), up(value, least, most)));
                continue;
            }
            if (run.size() == 1) {
                dots.add(run.getFirst());
            } else if (!run.isEmpty()) {
                lines.add(points(run));
            }
            run.clear();
        }
        return new Sparkline(lines, dots, "By the hour, from " + Figures.value(least) + " to " + Figures.value(most));
    }

    private static double across(int hour, int hours) {
        return round(EDGE + (WIDTH - 2.0 * EDGE) * hour / Math.max(1, hours - 1));
    }

    private static double up(double value, double least, double most) {
        double share = most > least ? (value - least) / (most - least) : 0.5;
        return round(HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * share);
    }

    private static String points(List<Dot> run) {
        StringBuilder points = new StringBuilder();
        for (Dot dot : run) {
            points.append(points.isEmpty() ? "" : " ")
                    .append(String.format(Locale.ROOT, "%.1f,%.1f", dot.x(), dot.y()));
        }
        return points.toString();
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
