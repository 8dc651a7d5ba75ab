package org.mailsonar.report.daily;

import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailsonar.message.EmailAddress;

/**
 * Who is sent the report of each day, and how.
 *
 * @param to who; at least one
 * @param at when that of the day before is sent; null for only when somebody asks for it
 * @param zone by whose clocks the days are
 * @param format what it looks like: HTML with the same as text beside it, text alone, or text with a table as an attachment
 * @param template the site's own template for this format; null for what is shipped
 */
public record ReportSettings(
        List<EmailAddress> to,
        @Nullable LocalTime at,
        ZoneId zone,
        ReportFormat format,
        @Nullable Path template) {

    /** Refuses to send to nobody, with an {@link IllegalArgumentException}. */
    public ReportSettings {
        to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("nobody to send to; write for example [boss@elsewhere.test]");
        }
    }

    /** What makes a day's report to these people the same one for all monitors. */
    public String duty(ReportDay day) {
        return "report of " + day.date() + " " + day.zone().getId() + " to "
                + to.stream().map(EmailAddress::toString).sorted().collect(Collectors.joining(" "));
    }
}
