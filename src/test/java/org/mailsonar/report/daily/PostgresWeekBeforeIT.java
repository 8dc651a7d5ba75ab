package org.mailsonar.report.daily;

import org.mailsonar.lab.NeedsPostgres;
import org.mailsonar.lab.PostgresLab;

/** What a report tells of the week before, from PostgreSQL. */
@NeedsPostgres
class PostgresWeekBeforeIT extends WeekBeforeContract {

    private final PostgresLab lab = PostgresLab.shared();

    @Override
    DayBook open() {
        return new DayBook(lab.newDatabase(), lab.password());
    }
}
