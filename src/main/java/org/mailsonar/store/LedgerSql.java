package org.mailsonar.store;

/**
 * The ledger's statements, in SQL that SQLite (from 3.35) and PostgreSQL both take. Each is atomic by itself: what depends on the
 * row's present state is decided inside the statement, so two processes cannot decide the same thing twice.
 */
final class LedgerSql {

    static final String ENTER = """
            INSERT INTO probe (id, target, address, vantage, monitor, retry, sent_micros, slow_nanos, timeout_nanos,
                               deadline_micros, slow_micros)
            VALUES (:id, :target, :address, :vantage, :monitor, :retry, :sent, :slow, :timeout, :deadline, :slowFrom)""";

    static final String SUBMITTED = """
            UPDATE probe SET sent_micros = :sent, deadline_micros = :sent + timeout_nanos / 1000, submission = :reply,
                slow_micros = CASE WHEN slow_micros IS NULL THEN NULL ELSE :sent + slow_nanos / 1000 END
            WHERE id = :id""";

    private static final String END = """
            UPDATE probe SET outcome = :outcome, why = :why, ended_micros = :at
            WHERE id = :id AND outcome IN""";

    /** What only says that nothing came. */
    static final String END_WAITING = END + " ('in flight') RETURNING *";

    /** What says why nothing came, and so replaces that nothing came. */
    static final String END_KNOWING = END + " ('in flight', 'lost', 'inconclusive') RETURNING *";

    static final String NOTE = "UPDATE probe SET note = :note WHERE id = :id";

    /** On the right of each assignment stand the values before it, so received_micros is null until the first return. */
    static final String RETURNED = """
            UPDATE probe SET
                outcome = CASE WHEN received_micros IS NOT NULL THEN outcome
                               WHEN :time <= timeout_nanos THEN 'returned'
                               ELSE 'late' END,
                why = NULL,
                ended_micros = CASE WHEN received_micros IS NULL THEN :received ELSE ended_micros END,
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

    static final String OVERDUE_OWN = """
            SELECT * FROM probe WHERE vantage = :vantage AND outcome = 'in flight' AND deadline_micros < :now
                AND monitor = :monitor
            ORDER BY deadline_micros, id LIMIT :most""";

    static final String OVERDUE_OTHERS = """
            SELECT * FROM probe WHERE vantage = :vantage AND outcome = 'in flight' AND deadline_micros < :now
                AND monitor <> :monitor
            ORDER BY deadline_micros, id LIMIT :most""";

    static final String TURNED_SLOW = """
            WITH picked AS MATERIALIZED (
                SELECT id FROM probe
                WHERE vantage = :vantage AND outcome = 'in flight' AND slow_micros <= :now
                ORDER BY slow_micros LIMIT 1000{SKIP})
            UPDATE probe SET slow_micros = NULL WHERE id IN (SELECT id FROM picked)
            RETURNING *""";

    static final String NEWEST = """
            SELECT * FROM probe WHERE target = :target AND vantage = :vantage AND sent_micros <= :latest
            ORDER BY sent_micros DESC, id DESC LIMIT :most""";

    /** One page of a target's probes, behind the last one of the page before. */
    static final String PAGE = """
            SELECT * FROM probe
            WHERE target = :target AND sent_micros >= :sent AND (sent_micros > :sent OR id > :id)
            ORDER BY sent_micros, id LIMIT :most""";

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

    static final String KEEP = """
            INSERT INTO paper (probe, kind, text)
            SELECT :id, :kind, :text WHERE EXISTS (SELECT 1 FROM probe WHERE id = :id)
            ON CONFLICT (probe, kind) DO UPDATE SET text = excluded.text""";

    static final String PAPERS = "SELECT kind, text FROM paper WHERE probe = :id";

    static final String COUNT = """
            INSERT INTO counter (name, amount) VALUES (:name, 1)
            ON CONFLICT (name) DO UPDATE SET amount = counter.amount + 1""";

    static final String COUNTERS = "SELECT name, amount FROM counter ORDER BY name";

    private LedgerSql() {}
}
