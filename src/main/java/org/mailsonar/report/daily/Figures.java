package org.mailsonar.report.daily;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.OneLine;

/** How figures are written in a report. Text is left as it is, so a template has to escape it for its own format. */
public final class Figures {

    private Figures() {}

    /** {@code 0.041 s}, {@code 12.3 s}, {@code 2 min 5 s}, {@code 3 h 20 min}, {@code 2 d 4 h}. */
    public static String time(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds < 9.9995) {
            return String.format(Locale.ROOT, "%.3f s", seconds);
        }
        if (seconds < 99.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return length(time);
    }

    /** A length in whole units: {@code 0 s}, {@code 45 s}, {@code 2 min 5 s}, {@code 3 h 20 min}, {@code 2 d 4 h}. */
    public static String length(Duration length) {
        long seconds = Math.round(length.toNanos() / 1e9);
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 2 * 1_440
                ? two(minutes / 60, "h", minutes % 60, "min")
                : two(minutes / 1_440, "d", minutes % 1_440 / 60, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    /** {@code 99.93 %}; rounded down, so that nothing but the whole is 100 %. A dash for nothing. */
    public static String percent(OptionalDouble percent) {
        return percent.isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "%.2f %%", Math.floor(percent.getAsDouble() * 100 + 1e-9) / 100);
    }

    /** {@code 1.43 %}; rounded up, so that nothing but none is 0 %. A dash for nothing. */
    public static String share(OptionalDouble percent) {
        return percent.isEmpty()
                ? "–"
                : String.format(
                        Locale.ROOT, "%.2f %%", Math.max(0, Math.ceil(percent.getAsDouble() * 100 - 1e-9)) / 100);
    }

    /** How many of 100 some are; empty when there is none that they could be among. */
    static OptionalDouble share(long some, long all) {
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(100.0 * some / all);
    }

    /** A time in at most seven characters: {@code 0.041 s}, {@code 12.3 s}, {@code 125 s}, {@code 20 min}, {@code 3.3 h}. A dash for none. */
    public static String brief(@Nullable Duration time) {
        if (time == null) {
            return "–";
        }
        double seconds = time.toNanos() / 1e9;
        if (seconds < 99.95) {
            return time(time);
        }
        if (seconds < 599.5) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        return seconds < 99.5 * 60
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, seconds < 99.95 * 3_600 ? "%.1f h" : "%.0f h", seconds / 3_600);
    }

    /** A measured value: whole numbers as they are, others with at most four digits that matter. */
    public static String value(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        double size = Math.abs(value);
        int decimals = size >= 1_000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** A number, or a dash for none. */
    public static String number(long number) {
        return number == 0 ? "–" : Long.toString(number);
    }

    /** A text in a column of text, to its left and cut with a dot-dot-dot where it is too long. */
    public static String left(String text, int width) {
        String cut = cut(text, width);
        return cut + " ".repeat(width - length(cut));
    }

    /** A text in a column of figures, to its right. */
    public static String right(String text, int width) {
        String cut = cut(text, width);
        return " ".repeat(width - length(cut)) + cut;
    }

    /** Whether a text is so short that nothing of it is cut. */
    public static boolean fits(String text, int width) {
        return length(OneLine.printable(text)) <= width;
    }

    /** A text on one line, of at most so many characters; what is not printable is made visible. */
    public static String cut(String text, int most) {
        String line = OneLine.printable(text);
        return length(line) <= most ? line : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
