package org.mailsonar.store;

/** The outbox's statements, for both databases. A dispatch is known by its key, which there is only once. */
final class OutboxSql {

    static final String UNANNOUNCED = """
            SELECT * FROM change WHERE announced = 0 AND held_back = 0 ORDER BY number LIMIT :most""";

    static final String ANNOUNCED = "UPDATE change SET announced = 1 WHERE number = :number AND announced = 0";

    static final String PUT = """
            INSERT INTO dispatch (key, rule, kind, change_number, target, due_micros, way, attempts, trouble)
            VALUES (:key, :rule, :kind, :change, :target, :due, :way, :attempts, :trouble)
            ON CONFLICT (key) DO NOTHING""";

    static final String CLAIM = """
            WITH picked AS MATERIALIZED (
                SELECT number FROM dispatch
                WHERE state = 'waiting' AND due_micros <= :now AND (claimed_micros IS NULL OR claimed_micros <= :now)
                ORDER BY due_micros, number LIMIT :most{SKIP})
            UPDATE dispatch SET claimed_micros = :until WHERE number IN (SELECT number FROM picked)
            RETURNING number""";

    private static final String READ = """
            SELECT dispatch.number AS dispatch_number, dispatch.key, dispatch.rule, dispatch.kind, dispatch.due_micros,
                dispatch.way, dispatch.attempts, dispatch.trouble, change.*
            FROM dispatch JOIN change ON change.number = dispatch.change_number
            """;

    static final String CLAIMED =
            READ + "WHERE dispatch.number IN (<numbers>) ORDER BY dispatch.due_micros, dispatch.number";

    /** It may have been told by one monitor while another dropped it: then people have heard of it. */
    static final String TOLD = """
            UPDATE dispatch SET state = 'told', ended_micros = :at, claimed_micros = NULL
            WHERE key = :key AND state <> 'told'""";

    static final String AGAIN = """
            UPDATE dispatch SET way = :way, due_micros = :due, trouble = :trouble, attempts = attempts + 1,
                claimed_micros = NULL
            WHERE key = :key AND state = 'waiting'""";

    static final String MOVE = """
            UPDATE dispatch SET due_micros = :due, claimed_micros = NULL WHERE key = :key AND state = 'waiting'""";

    static final String DROP = """
            UPDATE dispatch SET state = 'dropped', ended_micros = :at, claimed_micros = NULL
            WHERE key = :key AND state = 'waiting'""";

    static final String WAITING = READ + """
            WHERE dispatch.rule = :rule AND dispatch.target = :target AND dispatch.state = 'waiting'
            ORDER BY dispatch.change_number, dispatch.number""";

    static final String LAST_TOLD = READ + """
            WHERE dispatch.rule = :rule AND dispatch.target = :target AND dispatch.state = 'told'
            ORDER BY dispatch.change_number DESC, dispatch.number DESC LIMIT 1""";

    static final String HOW_MANY = "SELECT COUNT(*) FROM dispatch WHERE state = 'waiting'";

    static final String PROBLEMS = """
            SELECT problem.acknowledged_by, problem.acknowledged_micros, change.*
            FROM problem JOIN change ON change.number = problem.change_number
            ORDER BY problem.target""";

    static final String ACKNOWLEDGE = """
            UPDATE problem SET acknowledged_by = :by, acknowledged_micros = :at WHERE target = :target""";

    private OutboxSql() {}
}
