package org.mailsonar.store;

/** The statements about standings, situations and changes, for both databases. */
final class SituationsSql {

    /** What was judged more than a minute later than now was judged before a clock was set back. */
    static final String NOTE = """
            INSERT INTO standing (target, vantage, state, since_micros, cause, last_trip_nanos, last_return_micros, at_micros)
            VALUES (:target, :vantage, :state, :since, :cause, :trip, :returned, :at)
            ON CONFLICT (target, vantage) DO UPDATE SET state = excluded.state, since_micros = excluded.since_micros,
                cause = excluded.cause, last_trip_nanos = excluded.last_trip_nanos,
                last_return_micros = excluded.last_return_micros, at_micros = excluded.at_micros
            WHERE excluded.at_micros >= standing.at_micros
                OR standing.at_micros > excluded.at_micros + 60000000""";

    static final String STANDINGS = "SELECT * FROM standing WHERE target = :target ORDER BY vantage";

    static final String OF = "SELECT * FROM situation WHERE target = :target";

    static final String FIRST_PAGE = "SELECT * FROM situation ORDER BY target LIMIT :most";

    static final String NEXT_PAGE = "SELECT * FROM situation WHERE target > :target ORDER BY target LIMIT :most";

    static final String INSERT = """
            INSERT INTO situation (target, version, state, since_micros, cause, last_trip_nanos, last_return_micros,
                held_state, held_since_micros, held_cause, held_last_trip_nanos, held_last_return_micros, votes, turns)
            VALUES (:target, :version + 1, :state, :since, :cause, :trip, :returned,
                :held_state, :held_since, :held_cause, :held_trip, :held_returned, :votes, :turns)
            ON CONFLICT (target) DO NOTHING""";

    static final String UPDATE = """
            UPDATE situation SET version = :version + 1, state = :state, since_micros = :since, cause = :cause,
                last_trip_nanos = :trip, last_return_micros = :returned,
                held_state = :held_state, held_since_micros = :held_since, held_cause = :held_cause,
                held_last_trip_nanos = :held_trip, held_last_return_micros = :held_returned,
                votes = :votes, turns = :turns
            WHERE target = :target AND version = :version""";

    static final String CHANGE = """
            INSERT INTO change (target, from_state, state, since_micros, cause, last_trip_nanos, last_return_micros, at_micros,
                votes, held_back, tags)
            VALUES (:target, :from, :state, :since, :cause, :trip, :returned, :at, :votes, :heldBack, :tags)
            RETURNING number""";

    static final String PROBLEM = """
            INSERT INTO problem (target, change_number) VALUES (:target, :number)
            ON CONFLICT (target) DO UPDATE SET change_number = excluded.change_number,
                acknowledged_by = NULL, acknowledged_micros = NULL""";

    static final String NO_PROBLEM = "DELETE FROM problem WHERE target = :target";

    static final String CHANGES = """
            SELECT * FROM change WHERE target = :target AND at_micros >= :since ORDER BY at_micros, number""";

    static final String PAGE_OF_CHANGES = """
            SELECT * FROM change WHERE at_micros >= :since AND (at_micros > :since OR number > :number)
            ORDER BY at_micros, number LIMIT :most""";

    private SituationsSql() {}

    /** The key of a target's rows for the {@link GroupWriter}. */
    static String key(String target) {
        return "situation " + target;
    }
}
