package org.mailsonar.report.daily;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What a report tells of the week before, from SQLite. */
class SqliteWeekBeforeTest extends WeekBeforeContract {

    @TempDir
    private Path directory;

    @Override
    DayBook open() {
        return DayBook.in(directory);
    }
}
