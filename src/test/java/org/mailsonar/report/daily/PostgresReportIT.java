package org.mailsonar.report.daily;

import org.mailsonar.lab.NeedsPostgres;
import org.mailsonar.lab.PostgresLab;

/** What a report tells, from PostgreSQL. */
@NeedsPostgres
class PostgresReportIT extends ReportContract {

    private final PostgresLab lab = PostgresLab.shared();

    @Override
    DayBook open() {
        return new DayBook(lab.newDatabase(), lab.password());
    }
}
