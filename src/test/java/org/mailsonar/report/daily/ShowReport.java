package org.mailsonar.report.daily;

import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the hand-made day in all formats into a directory, to be looked at. Not a test. */
final class ShowReport {

    private ShowReport() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        try (DayBook book = DayBook.in(Files.createTempDirectory("show"))) {
            HandMadeDay.fill(book);
            DailyReport report = book.report(HandMadeDay.DAY, HandMadeDay.NOW);
            for (ReportFormat format : ReportFormat.values()) {
                Files.writeString(directory.resolve("report." + format.text()), ReportTemplates.render(report, format));
            }
        }
    }
}
