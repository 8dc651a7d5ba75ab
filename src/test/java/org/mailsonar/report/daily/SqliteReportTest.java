package org.mailsonar.report.daily;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What a report tells, from SQLite. */
class SqliteReportTest extends ReportContract {

    @TempDir
    private Path directory;

    @Override
    DayBook open() {
        return DayBook.in(directory);
    }
}
