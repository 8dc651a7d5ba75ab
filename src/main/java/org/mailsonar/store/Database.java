package org.mailsonar.store;

import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.mailsonar.roundtrip.LedgerException;

/** A database that is open, its schema up to date. Implementations are thread-safe. */
interface Database extends AutoCloseable {

    /** Connections that commit each statement, for statements that only read. */
    DataSource forReading();

    /** As many connections as there are {@link #writers}; for {@link GroupWriter} alone. */
    DataSource forWriting();

    /** How many transactions may write at a time. */
    int writers();

    /** Does some work in one transaction of a connection {@link #forWriting}: all of it is done and committed, or nothing. */
    void inTransaction(Handle connection, Runnable work);

    /**
     * Whether a failure comes from the database as a whole, such as a full disk, so that other work would fail as well. False: it
     * comes from the work that was tried.
     */
    boolean concernsAll(Exception failure);

    /** Whether a failure that was explained means that the database is away, or takes nothing for now, and may come back. */
    boolean isAway(LedgerException failure);

    /** What lets a SELECT lock the rows that it finds and pass over those that others have locked; begins with a blank. */
    String skipLocked();

    /** What a failure means to the one who runs the program: one line. */
    LedgerException explain(Exception failure);

    @Override
    void close();
}
