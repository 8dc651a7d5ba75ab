package org.mailsonar.check.host;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.Measure;

/** Writes measures for people. */
public final class Values {

    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Values() {}

    /** A value with its unit: {@code 12.5 %}, {@code 3.2 GiB}, {@code 1h 5m}, {@code 17}. */
    public static String text(double value, String unit) {
        return switch (unit) {
            case "B" -> size(value);
            case "s" -> time((long) value);
            case "" -> number(value);
            default -> number(value) + " " + unit;
        };
    }

    /** Which threshold a measure has crossed: {@code above 80 %}; empty for none. */
    public static String crossed(Measure measure) {
        double value = measure.value();
        String above = over(measure.failAbove(), measure.warnAbove(), value, 1, measure.unit(), "above ");
        return above.isEmpty()
                ? over(measure.failBelow(), measure.warnBelow(), value, -1, measure.unit(), "below ")
                : above;
    }

    private static String over(
            @Nullable Double fail, @Nullable Double warn, double value, int sign, String unit, String word) {
        for (Double bound : new Double[] {fail, warn}) {
            if (bound != null && sign * value > sign * bound) {
                return word + text(bound, unit);
            }
        }
        return "";
    }

    private static String number(double value) {
        boolean whole = value == Math.rint(value);
        return String.format(Locale.ROOT, whole ? "%.0f" : "%.1f", value);
    }

    private static String size(double bytes) {
        double value = bytes;
        int unit = 0;
        while (Math.abs(value) >= 1024 && unit < SIZES.length - 1) {
            value /= 1024;
            unit++;
        }
        return number(value) + " " + SIZES[unit];
    }

    private static String time(long seconds) {
        if (seconds < 0 || seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + "m " + seconds % 60 + "s";
        }
        return seconds < 172_800
                ? seconds / 3600 + "h " + seconds % 3600 / 60 + "m"
                : seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
    }
}
