package org.mailsonar.roundtrip.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The date of a mail header (RFC 5322 §3.3), with its obsolete forms (§4.3) as far as mail servers still write them. */
final class MailDate {

    private static final int LONGEST = 100;

    private static final Pattern FORM =
            Pattern.compile("(?:[A-Za-z]{3,9},? *)?(\\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\\d{4}|\\d{2}) +"
                    + "(\\d{1,2}):(\\d{2})(?::(\\d{2}))?(?:\\.\\d{1,9})? *([+-]\\d{4}|[A-Za-z]{1,5})?.*");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** The zones that have names in RFC 5322 §4.3; all others count as UTC. */
    private static final Map<String, Integer> ZONES =
            Map.of("est", -5, "edt", -4, "cst", -6, "cdt", -5, "mst", -7, "mdt", -6, "pst", -8, "pdt", -7);

    private MailDate() {}

    /** The instant; empty for what is no such date. */
    static Optional<Instant> parse(String text) {
        Matcher date = FORM.matcher(Plain.text(text, LONGEST));
        if (!date.matches()) {
            return Optional.empty();
        }
        int month = 1 + MONTHS.indexOf(date.group(2).toLowerCase(Locale.ROOT));
        int year = Integer.parseInt(date.group(3));
        int second = date.group(6) == null ? 0 : Math.min(59, Integer.parseInt(date.group(6))); // 60 in a leap second
        try {
            return Optional.of(LocalDateTime.of(
                            date.group(3).length() == 2 ? 2000 + year : year,
                            month,
                            Integer.parseInt(date.group(1)),
                            Integer.parseInt(date.group(4)),
                            Integer.parseInt(date.group(5)),
                            second)
                    .toInstant(offset(date.group(7) == null ? "" : date.group(7))));
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }

    private static ZoneOffset offset(String zone) {
        boolean isNumber = zone.startsWith("+") || zone.startsWith("-");
        if (!isNumber) {
            return ZoneOffset.ofHours(ZONES.getOrDefault(zone.toLowerCase(Locale.ROOT), 0));
        }
        int hoursAndMinutes = Integer.parseInt(zone);
        return ZoneOffset.ofHoursMinutes(hoursAndMinutes / 100, hoursAndMinutes % 100);
    }
}
