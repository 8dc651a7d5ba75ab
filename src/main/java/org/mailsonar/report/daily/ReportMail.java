package org.mailsonar.report.daily;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.message.Envelope;
import org.mailsonar.message.QuotedPrintable;
import org.mailsonar.relay.OutgoingMail;
import org.mailsonar.time.UtcText;

/**
 * A report as a mail: text, and beside it HTML as an alternative (RFC 2046 §5.1.4) or a table as an attachment. The same report to the same
 * people always has the same Message-ID, by which mail programs show it once.
 */
public final class ReportMail {

    /** The two characters in front stand in no text in quoted-printable (RFC 2045 §6.7). */
    private static final String BOUNDARY = "=_mailsonar_report";

    private ReportMail() {}

    /**
     * The mail of a report.
     *
     * @param from whose it is, in the header and in the envelope
     * @param now when it is sent
     * @throws BadTemplateException when the site's own template cannot be used
     */
    public static OutgoingMail compose(DailyReport report, ReportSettings settings, EmailAddress from, Instant now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        line(out, header(report, settings, from, now));
        boolean isText = settings.format() == ReportFormat.TEXT;
        String text = isText ? rendered(report, settings) : ReportTemplates.render(report, ReportFormat.TEXT);
        if (isText) {
            part(out, "text/plain; charset=utf-8", "", text);
            return new OutgoingMail(new Envelope(from, settings.to()), out.toByteArray());
        }
        String kind = settings.format() == ReportFormat.HTML ? "alternative" : "mixed";
        line(out, "Content-Type: multipart/" + kind + "; boundary=\"" + BOUNDARY + "\"\r\n\r\n--" + BOUNDARY);
        part(out, "text/plain; charset=utf-8", "", text);
        line(out, "\r\n--" + BOUNDARY);
        String disposition = settings.format() == ReportFormat.HTML
                ? ""
                : "Content-Disposition: attachment; filename=\"mailsonar-"
                        + report.day().date() + ".csv\"\r\n";
        part(out, settings.format().mediaType() + "; charset=utf-8", disposition, rendered(report, settings));
        line(out, "\r\n--" + BOUNDARY + "--");
        return new OutgoingMail(new Envelope(from, settings.to()), out.toByteArray());
    }

    private static String rendered(DailyReport report, ReportSettings settings) {
        Path template = settings.template();
        return template == null
                ? ReportTemplates.render(report, settings.format())
                : ReportTemplates.render(report, settings.format(), template);
    }

    private static String header(DailyReport report, ReportSettings settings, EmailAddress from, Instant now) {
        String duty = settings.duty(report.day());
        UUID id = UUID.nameUUIDFromBytes(duty.getBytes(StandardCharsets.UTF_8));
        return "From: Mailsonar <" + from + ">\r\n"
                + "To: " + settings.to().stream().map(EmailAddress::toString).collect(Collectors.joining(",\r\n "))
                + "\r\n"
                + "Subject: Mailsonar " + report.day().date() + ": " + report.summary() + "\r\n"
                + "Date: " + UtcText.mailDate(now) + "\r\n"
                + "Message-ID: <report." + report.day().date() + "." + id + "@" + from.domain() + ">\r\n"
                + "Auto-Submitted: auto-generated\r\n"
                + "MIME-Version: 1.0";
    }

    private static void part(ByteArrayOutputStream out, String type, String disposition, String content) {
        line(out, "Content-Type: " + type + "\r\n" + disposition + "Content-Transfer-Encoding: quoted-printable\r\n");
        String lines = content.replace("\r\n", "\n").replace("\n", "\r\n");
        String ended = lines.endsWith("\n") ? lines : lines + "\r\n";
        out.writeBytes(QuotedPrintable.encode(ended.getBytes(StandardCharsets.UTF_8)));
    }

    private static void line(ByteArrayOutputStream out, String line) {
        out.writeBytes((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
