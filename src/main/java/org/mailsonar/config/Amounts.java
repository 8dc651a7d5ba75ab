package org.mailsonar.config;

import java.util.Locale;

/** Reads amounts of a measure's unit: numbers, percentages, times in seconds, sizes in bytes. */
final class Amounts {

    private static final String NUMBER = "\\d{1,15}(\\.\\d{1,6})?";

    private Amounts() {}

    /**
     * The reader for a unit: {@code ""}, {@code %}, {@code s} or {@code B}. Of seconds and bytes it gives their number.
     *
     * <p>It throws {@link IllegalArgumentException} for what is none; the message says what would be right.
     */
    static ConfigNode.TextReader<Double> of(String unit) {
        return switch (unit) {
            case "%" -> Amounts::percent;
            case "s" -> text -> Quantities.duration(text).toMillis() / 1000.0;
            case "B" -> Amounts::bytes;
            default -> Amounts::number;
        };
    }

    private static double number(String text) {
        if (!text.matches(NUMBER)) {
            throw new IllegalArgumentException("'" + text + "' is no number; write for example 200 or 0.5");
        }
        return Double.parseDouble(text);
    }

    private static double percent(String text) {
        String digits =
                text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
        if (!digits.matches(NUMBER) || Double.parseDouble(digits) > 100) {
            throw new IllegalArgumentException("'" + text + "' is no percentage; write for example 80 or 99.5");
        }
        return Double.parseDouble(digits);
    }

    private static double bytes(String text) {
        int end = 0;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
            end++;
        }
        double unit = switch (text.substring(end).toUpperCase(Locale.ROOT)) {
            case "", "B" -> 1;
            case "KIB" -> 1L << 10;
            case "MIB" -> 1L << 20;
            case "GIB" -> 1L << 30;
            case "TIB" -> 1L << 40;
            default -> 0;
        };
        if (!text.substring(0, end).matches(NUMBER) || unit == 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no size; write for example 2048, 64KiB, 500MiB or 10GiB");
        }
        return Double.parseDouble(text.substring(0, end)) * unit;
    }
}
