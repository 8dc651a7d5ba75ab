package org.mailsonar.store;

import javax.sql.DataSource;
import org.mailsonar.roundtrip.LedgerException;

/** A database that is open, its schema up to date. Implementations are thread-safe. */
interface Database extends AutoCloseable {

    /** Connections that commit each statement, for statements that only read. */
    DataSource forReading();

    /** Connections that commit each statement, for statements that write. */
    DataSource forWriting();

    /** What a failure means to the one who runs the program: one line. */
    LedgerException explain(Exception failure);

    @Override
    void close();
}
