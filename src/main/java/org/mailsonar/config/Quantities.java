package org.mailsonar.config;

import java.time.Duration;

/** Reads durations and sizes as configuration files and the command line write them. */
public final class Quantities {

    private static final Duration LONGEST = Duration.ofDays(1000);

    private Quantities() {}

    /**
     * Reads a positive duration: {@code 500ms}, {@code 30s}, {@code 2m}, {@code 12h}, {@code 1d}; at most 1000 days.
     *
     * @throws IllegalArgumentException when it is none; the message says what would be right
     */
    public static Duration duration(String text) {
        int digits = leadingDigits(text);
        Duration unit = switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ZERO;
        };
        if (digits == 0 || digits > 9 || unit.isZero() || Integer.parseInt(text.substring(0, digits)) == 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration; write for example 500ms, 30s, 2m, 12h or 1d");
        }
        Duration duration = unit.multipliedBy(Integer.parseInt(text.substring(0, digits)));
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("'" + text + "' is out of range; a duration is 1ms to 1000d");
        }
        return duration;
    }

    /**
     * Reads a size in bytes: {@code 2048}, {@code 64KiB}, {@code 1MiB}; at most 64 MiB, which is more than a probe can need.
     *
     * @throws IllegalArgumentException when it is none; the message says what would be right
     */
    public static int size(String text) {
        int digits = leadingDigits(text);
        long unit = switch (text.substring(digits)) {
            case "" -> 1;
            case "KiB" -> 1024;
            case "MiB" -> 1024 * 1024;
            default -> 0;
        };
        if (digits == 0 || digits > 9 || unit == 0) {
            throw new IllegalArgumentException("'" + text + "' is no size; write for example 2048, 64KiB or 1MiB");
        }
        long size = unit * Integer.parseInt(text.substring(0, digits));
        if (size == 0 || size > 64 * 1024 * 1024) {
            throw new IllegalArgumentException("'" + text + "' is out of range; a size is 1 byte to 64MiB");
        }
        return (int) size;
    }

    /** Reads the longest message that is taken: a size of at least 1 KiB, the least that a listener can be told. */
    static int messageSize(String text) {
        int size = size(text);
        if (size < 1024) {
            throw new IllegalArgumentException("'" + text + "' is too small for any message; write 1KiB to 64MiB");
        }
        return size;
    }

    /**
     * Reads a number of 1 to 1,000,000.
     *
     * @throws IllegalArgumentException when it is none
     */
    static int number(String text) {
        int digits = leadingDigits(text);
        if (digits == 0 || digits != text.length() || digits > 7) {
            throw new IllegalArgumentException("'" + text + "' is no number; write for example 200");
        }
        int number = Integer.parseInt(text);
        if (number < 1 || number > 1_000_000) {
            throw new IllegalArgumentException("'" + text + "' is out of range; it can be 1 to 1000000");
        }
        return number;
    }

    /**
     * Reads {@code true}, {@code yes}, {@code false} or {@code no}.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    static Boolean yesOrNo(String text) {
        return switch (text) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static int leadingDigits(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return digits;
    }
}
