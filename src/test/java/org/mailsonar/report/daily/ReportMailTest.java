package org.mailsonar.report.daily;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailsonar.message.EmailAddress;
import org.mailsonar.relay.OutgoingMail;

class ReportMailTest {

    private static final EmailAddress FROM = EmailAddress.parse("probe@monitor.test");
    private static final List<EmailAddress> TO =
            List.of(EmailAddress.parse("boss@elsewhere.test"), EmailAddress.parse("night@elsewhere.test"));

    private static DailyReport report;

    @BeforeAll
    static void make(@TempDir Path directory) {
        try (DayBook book = DayBook.in(directory)) {
            HandMadeDay.fill(book);
            report = book.report(HandMadeDay.DAY, HandMadeDay.NOW);
        }
    }

    @Test
    void it_has_text_and_the_same_as_html_for_those_who_can_see_it() throws Exception {
        OutgoingMail mail = compose(ReportFormat.HTML, null);
        MimeMessage message = read(mail);
        MimeMultipart parts = (MimeMultipart) message.getContent();

        assertThat(mail.envelope().recipients()).isEqualTo(TO);
        assertThat(message.getSubject())
                .isEqualTo("Mailsonar 2026-11-20: 2 targets, 1 of them with an outage, 3 h in all");
        assertThat(message.getContentType()).startsWith("multipart/alternative");
        assertThat(content(parts.getBodyPart(0))).isEqualTo(ReportTemplates.render(report, ReportFormat.TEXT));
        assertThat(content(parts.getBodyPart(1))).isEqualTo(ReportTemplates.render(report, ReportFormat.HTML));
        assertThat(new String(mail.content(), UTF_8).replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(new String(mail.content(), UTF_8).lines()).allMatch(line -> line.length() <= 98);
    }

    @Test
    void it_may_be_text_alone() throws Exception {
        MimeMessage message = read(compose(ReportFormat.TEXT, null));

        assertThat(message.getContentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(message.getContent().toString().replace("\r\n", "\n"))
                .isEqualTo(ReportTemplates.render(report, ReportFormat.TEXT));
    }

    @Test
    void or_text_with_the_table_as_a_file() throws Exception {
        MimeMultipart parts =
                (MimeMultipart) read(compose(ReportFormat.CSV, null)).getContent();

        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("mailsonar-2026-11-20.csv");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/csv");
    }

    @Test
    void the_same_report_to_the_same_people_has_the_same_id_and_another_one_another() throws Exception {
        String id = read(compose(ReportFormat.HTML, null)).getMessageID();

        assertThat(id).isEqualTo(read(compose(ReportFormat.TEXT, null)).getMessageID());
        ReportSettings other = new ReportSettings(TO.subList(0, 1), null, ZoneId.of("UTC"), ReportFormat.TEXT, null);
        assertThat(read(ReportMail.compose(report, other, FROM, HandMadeDay.NOW))
                        .getMessageID())
                .isNotEqualTo(id);
    }

    private OutgoingMail compose(ReportFormat format, @Nullable Path template) {
        ReportSettings settings = new ReportSettings(TO, LocalTime.of(6, 30), ZoneId.of("UTC"), format, template);
        return ReportMail.compose(report, settings, FROM, HandMadeDay.NOW);
    }

    private static MimeMessage read(OutgoingMail mail) throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail.content()));
    }

    private static String content(BodyPart part) throws Exception {
        return part.getContent().toString().replace("\r\n", "\n");
    }
}
