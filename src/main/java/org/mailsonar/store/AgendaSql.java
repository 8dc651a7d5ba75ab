package org.mailsonar.store;

/** The agenda's statements, for both databases. */
final class AgendaSql {

    static final String ENTRIES = "SELECT * FROM agenda WHERE vantage = :vantage ORDER BY target";

    static final String WRITE = """
            INSERT INTO agenda (vantage, target, due_micros, every_nanos, enabled)
            VALUES (:vantage, :target, :due, :every, :enabled)
            ON CONFLICT (vantage, target) DO UPDATE SET
                due_micros = excluded.due_micros, every_nanos = excluded.every_nanos, enabled = excluded.enabled""";

    /** Whoever is first locks the rows that it takes; the others pass over them. */
    static final String CLAIM = """
            WITH picked AS MATERIALIZED (
                SELECT target FROM agenda
                WHERE vantage = :vantage AND enabled = 1 AND due_micros <= :now
                    AND (claimed_micros IS NULL OR claimed_micros <= :now)
                ORDER BY due_micros LIMIT :most{SKIP})
            UPDATE agenda SET monitor = :monitor, claimed_micros = :until, stamp = stamp + 1
            WHERE vantage = :vantage AND target IN (SELECT target FROM picked)
            RETURNING *""";

    static final String MOVE_ON = """
            UPDATE agenda SET due_micros = :next, retry = 0, monitor = NULL, claimed_micros = NULL
            WHERE vantage = :vantage AND target = :target AND stamp = :stamp AND claimed_micros IS NOT NULL""";

    static final String PUT_BACK = """
            UPDATE agenda SET due_micros = :due, monitor = NULL, claimed_micros = NULL
            WHERE vantage = :vantage AND target = :target AND stamp = :stamp AND claimed_micros IS NOT NULL""";

    /** Waits for who is entering a probe of the target: the next statement of the same transaction sees what that one has entered. */
    static final String LOCK = "UPDATE agenda SET retry = retry WHERE vantage = :vantage AND target = :target";

    static final String RETRY = """
            UPDATE agenda SET due_micros = :due, retry = 1
            WHERE vantage = :vantage AND target = :target AND due_micros > :due
                AND NOT EXISTS (
                    SELECT 1 FROM probe
                    WHERE probe.target = :target AND probe.vantage = :vantage
                        AND probe.sent_micros > :seen AND probe.sent_micros <= :latest)""";

    private AgendaSql() {}

    /** The row's key for the {@link GroupWriter}. */
    static String key(String vantage, String target) {
        return "agenda " + vantage + " " + target;
    }
}
