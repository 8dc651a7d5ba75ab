package org.mailsonar.store;

import java.util.List;
import java.util.Map;
import org.mailsonar.roundtrip.LedgerException;

/** What could not be written elsewhere, in the order in which it came, in an SQLite file of its own. Thread-safe. */
final class Journal implements AutoCloseable {

    private static final String FIRST = "SELECT * FROM journal ORDER BY number LIMIT :most";
    private static final String REMOVE = "DELETE FROM journal WHERE number <= :number";

    private final Access access;

    /** Takes over the file's database and closes it in the end. */
    Journal(Database file) {
        this.access = new Access(file);
    }

    /**
     * Appends an entry; it is on disk when this returns.
     *
     * @throws LedgerException when the file cannot be written
     */
    void append(JournalEntry entry) {
        JournalRow row = JournalRow.of(entry);
        access.write("journal " + row.probe(), row::insert);
    }

    /** The oldest entries with their numbers. */
    List<Map.Entry<Long, JournalEntry>> first(int most) {
        return access.read(handle -> handle.createQuery(FIRST)
                .bind("most", most)
                .map((row, context) -> Map.entry(row.getLong("number"), JournalEntry.read(row)))
                .list());
    }

    /** Removes the entries up to a number. */
    void remove(long number) {
        access.write(
                "journal",
                handle -> handle.createUpdate(REMOVE).bind("number", number).execute());
    }

    boolean isEmpty() {
        return first(1).isEmpty();
    }

    @Override
    public void close() {
        access.close();
    }
}
