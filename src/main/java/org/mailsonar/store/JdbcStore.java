package org.mailsonar.store;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mailsonar.check.CheckBook;
import org.mailsonar.notify.Outbox;
import org.mailsonar.roundtrip.Agenda;
import org.mailsonar.roundtrip.Attendance;
import org.mailsonar.roundtrip.Ledger;
import org.mailsonar.site.PathBook;
import org.mailsonar.time.TimeSource;
import org.mailsonar.verdict.Situations;

/** A store in one database. */
final class JdbcStore implements Store {

    private final Access access;
    private final Ledger ledger;
    private final Agenda agenda;
    private final Attendance attendance;
    private final Situations situations;
    private final Outbox outbox;
    private final CheckBook checks;
    private final PathBook paths;
    private final Tidying tidying;

    /** Takes over the database and closes it in the end. */
    JdbcStore(Database database) {
        this(database, null);
    }

    /** The same, with a journal for the time when the database is away, which is closed in the end as well. */
    JdbcStore(Database database, @Nullable Journal journal) {
        this.access = new Access(database);
        Ledger plain = new JdbcLedger(access, access::close);
        this.ledger =
                journal == null ? plain : new JournalledLedger(plain, journal, access::isAway, TimeSource.system());
        this.agenda = new JdbcAgenda(access);
        this.attendance = new JdbcAttendance(access);
        this.situations = new JdbcSituations(access);
        this.outbox = new JdbcOutbox(access);
        this.checks = new JdbcChecks(access);
        this.paths = new JdbcPaths(access);
        this.tidying = new Tidying(access);
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public Agenda agenda() {
        return agenda;
    }

    @Override
    public Attendance attendance() {
        return attendance;
    }

    @Override
    public Situations situations() {
        return situations;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public CheckBook checks() {
        return checks;
    }

    @Override
    public PathBook paths() {
        return paths;
    }

    @Override
    public int tidy(Instant now, Duration probes, Duration hours) {
        return tidying.tidy(now, probes, hours);
    }

    @Override
    public void close() {
        ledger.close();
    }
}
