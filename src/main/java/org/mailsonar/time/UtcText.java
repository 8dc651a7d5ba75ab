package org.mailsonar.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;

/**
 * Instants as text, always UTC and always of the same width: RFC 3339 §5.6 with a {@code Z}, and the date of a mail header
 * (RFC 5322 §3.3). Written by hand, since the general formatters of the platform take longer to load than a whole pipe
 * program may run. Years 0 to 9999.
 */
public final class UtcText {

    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    private UtcText() {}

    /** {@code 2026-11-21T01:02:03.456789Z}; what is finer is cut off. */
    public static String micros(Instant instant) {
        return rfc3339(instant, 6);
    }

    /** {@code 2026-11-21T01:02:03.456Z}; what is finer is cut off. */
    public static String millis(Instant instant) {
        return rfc3339(instant, 3);
    }

    /** {@code Sat, 21 Nov 2026 01:02:03 +0000}. */
    public static String mailDate(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(31);
        text.append(DAYS[time.getDayOfWeek().getValue() - 1]).append(", ");
        text.append(time.getDayOfMonth()).append(' ');
        text.append(MONTHS[time.getMonthValue() - 1]).append(' ');
        digits(text, time.getYear(), 4).append(' ');
        return clock(text, time).append(" +0000").toString();
    }

    /**
     * Reads {@code yyyy-MM-ddTHH:mm:ss.fZ} with one to nine digits of a second's fraction.
     *
     * @throws DateTimeException when it is anything else
     */
    public static Instant parse(String text) {
        int end = text.length() - 1;
        if (end < 21 || end > 29 || text.charAt(end) != 'Z' || text.charAt(19) != '.') {
            throw new DateTimeException("not of the form 2026-11-21T01:02:03.456Z");
        }
        requireSeparators(text);
        int nanos = number(text, 20, end);
        for (int digits = end - 20; digits < 9; digits++) {
            nanos *= 10;
        }
        return LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        number(text, 11, 13),
                        number(text, 14, 16),
                        number(text, 17, 19),
                        nanos)
                .toInstant(ZoneOffset.UTC);
    }

    private static void requireSeparators(String text) {
        boolean good = text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
        if (!good) {
            throw new DateTimeException("not of the form 2026-11-21T01:02:03.456Z");
        }
    }

    private static int number(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not a digit in an instant");
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static String rfc3339(Instant instant, int fractionDigits) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(30);
        digits(text, time.getYear(), 4).append('-');
        digits(text, time.getMonthValue(), 2).append('-');
        digits(text, time.getDayOfMonth(), 2).append('T');
        clock(text, time).append('.');
        int fraction = time.get(ChronoField.NANO_OF_SECOND);
        for (int digits = 9; digits > fractionDigits; digits--) {
            fraction /= 10;
        }
        return digits(text, fraction, fractionDigits).append('Z').toString();
    }

    private static StringBuilder clock(StringBuilder text, LocalDateTime time) {
        digits(text, time.getHour(), 2).append(':');
        digits(text, time.getMinute(), 2).append(':');
        return digits(text, time.getSecond(), 2);
    }

    private static StringBuilder digits(StringBuilder text, int value, int width) {
        int scale = 1;
        for (int i = 1; i < width; i++) {
            scale *= 10;
        }
        for (; scale > 0; scale /= 10) {
            text.append((char) ('0' + value / scale % 10));
        }
        return text;
    }
}
