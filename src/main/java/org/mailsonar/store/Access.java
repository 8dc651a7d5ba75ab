package org.mailsonar.store;

import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.mailsonar.roundtrip.LedgerException;

/** How the parts of a store get at its database: readers beside each other, writers by the {@link GroupWriter}. Thread-safe. */
final class Access implements AutoCloseable {

    private final Database database;
    private final Jdbi reading;
    private final GroupWriter writer;

    /** Takes over the database and closes it in the end. */
    Access(Database database) {
        this.database = database;
        this.reading = Jdbi.create(database.forReading());
        this.writer = new GroupWriter(database);
    }

    /** Reads. */
    <T extends @Nullable Object> T read(HandleCallback<T, RuntimeException> work) {
        try {
            return reading.withHandle(work);
        } catch (RuntimeException failed) {
            throw database.explain(failed);
        }
    }

    /** Writes what belongs to the key, in one transaction with others. */
    <T extends @Nullable Object> T write(String key, HandleCallback<T, RuntimeException> work) {
        return writer.write(key, work);
    }

    /** Writes what touches rows of many keys, in a transaction of its own. */
    <T extends @Nullable Object> T writeAlone(HandleCallback<T, RuntimeException> work) {
        return writer.writeAlone(work);
    }

    /** A statement with the words that let it pass over rows that another transaction holds, where {@code {SKIP}} stands. */
    String skippingLocked(String sql) {
        return sql.replace("{SKIP}", database.skipLocked());
    }

    /** Whether a failure that a method has thrown means that the database is away, and may come back. */
    boolean isAway(LedgerException failure) {
        return database.isAway(failure);
    }

    @Override
    public void close() {
        writer.close();
        database.close();
    }
}
