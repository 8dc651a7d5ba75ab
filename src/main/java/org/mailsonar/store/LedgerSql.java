package org.mailsonar.store;

/**
 * The ledger's statements, in SQL that SQLite (from 3.35) and PostgreSQL both take. Each is atomic by itself: what depends on the
 * row's present state is decided inside the statement, so two processes cannot decide the same thing twice.
 */
final class LedgerSql {

    static final String ENTER = """
            INSERT INTO probe (id, target, address, vantage, sent_micros, timeout_nanos, deadline_micros)
            VALUES (:id, :target, :address, :vantage, :sent, :timeout, :deadline)""";

    static final String SUBMITTED = """
            UPDATE probe SET sent_micros = :sent, deadline_micros = :sent + timeout_nanos / 1000, submission = :reply
            WHERE id = :id""";

    /** Refused or bounced, unless it came back. Counts the row in any case, which says that there is such a probe. */
    static final String FAILED = """
            UPDATE probe SET
                outcome = CASE WHEN outcome IN ('returned', 'late') THEN outcome ELSE :outcome END,
                why = CASE WHEN outcome IN ('returned', 'late') THEN why ELSE :why END
            WHERE id = :id""";

    static final String LOST = "UPDATE probe SET outcome = 'lost' WHERE id = :id AND outcome = 'in flight'";

    /** On the right of each assignment stand the values before it, so received_micros is null until the first return. */
    static final String RETURNED = """
            UPDATE probe SET
                outcome = CASE WHEN received_micros IS NOT NULL THEN outcome
                               WHEN :time <= timeout_nanos THEN 'returned'
                               ELSE 'late' END,
                why = NULL,
                duplicates = CASE WHEN received_micros IS NULL THEN 0 ELSE duplicates + 1 END,
                round_trip_nanos = CASE WHEN received_micros IS NULL THEN :time ELSE round_trip_nanos END,
                clock = CASE WHEN received_micros IS NULL THEN :clock ELSE clock END,
                resolution_nanos = CASE WHEN received_micros IS NULL THEN :resolution ELSE resolution_nanos END,
                arrived_there_micros = CASE WHEN received_micros IS NULL THEN :arrivedThere ELSE arrived_there_micros END,
                agent = CASE WHEN received_micros IS NULL THEN :agent ELSE agent END,
                received_micros = CASE WHEN received_micros IS NULL THEN :received ELSE received_micros END
            WHERE id = :id
            RETURNING *""";

    static final String FIND = "SELECT * FROM probe WHERE id = :id";

    static final String OVERDUE = """
            SELECT * FROM probe WHERE outcome = 'in flight' AND deadline_micros < :now
            ORDER BY deadline_micros, id LIMIT 1000""";

    /** Goes from name to name through the index, so its time grows with the targets and not with the probes. */
    static final String NEWEST_BY_TARGET = """
            WITH RECURSIVE known (target) AS (
                SELECT MIN(target) FROM probe
                UNION ALL
                SELECT (SELECT MIN(probe.target) FROM probe WHERE probe.target > known.target)
                FROM known WHERE known.target IS NOT NULL)
            SELECT probe.* FROM known JOIN probe ON probe.id = (
                SELECT newest.id FROM probe newest WHERE newest.target = known.target
                ORDER BY newest.sent_micros DESC, newest.id DESC LIMIT 1)
            ORDER BY probe.target""";

    static final String COUNT = """
            INSERT INTO counter (name, amount) VALUES (:name, 1)
            ON CONFLICT (name) DO UPDATE SET amount = counter.amount + 1""";

    static final String COUNTERS = "SELECT name, amount FROM counter ORDER BY name";

    private LedgerSql() {}
}
