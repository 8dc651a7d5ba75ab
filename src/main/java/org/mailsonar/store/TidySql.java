package org.mailsonar.store;

/** The statements that remove what is old, for both databases. Each takes a small batch. */
final class TidySql {

    /** An id begins with the time at which it was made, so those of old probes stand together in the key's index. */
    static final String OLD_PROBES = """
            SELECT id FROM probe
            WHERE id < :before AND sent_micros < :sentBefore AND outcome <> 'in flight'
            ORDER BY id LIMIT :most{SKIP}""";

    /** Adds to what the hours have counted already. */
    static final String COUNT_HOURS = """
            INSERT INTO hour (target, vantage, hour, returned, late, lost, refused, bounced, deferred, send_failed,
                inconclusive, sum_nanos, min_nanos, max_nanos, under_100_ms, under_300_ms, under_1_s, under_3_s, under_10_s,
                under_30_s, under_120_s, under_600_s, longer)
            SELECT target, vantage, sent_micros / 3600000000,
                SUM(CASE outcome WHEN 'returned' THEN 1 ELSE 0 END),
                SUM(CASE outcome WHEN 'late' THEN 1 ELSE 0 END),
                SUM(CASE outcome WHEN 'lost' THEN 1 ELSE 0 END),
                SUM(CASE outcome WHEN 'refused' THEN 1 ELSE 0 END),
                SUM(CASE outcome WHEN 'bounced' THEN 1 ELSE 0 END),
                SUM(CASE outcome WHEN 'deferred' THEN 1 ELSE 0 END),
                SUM(CASE outcome WHEN 'send failed' THEN 1 ELSE 0 END),
                SUM(CASE outcome WHEN 'inconclusive' THEN 1 ELSE 0 END),
                COALESCE(SUM(round_trip_nanos), 0), MIN(round_trip_nanos), MAX(round_trip_nanos),
                SUM(CASE WHEN round_trip_nanos < 100000000 THEN 1 ELSE 0 END),
                SUM(CASE WHEN round_trip_nanos >= 100000000 AND round_trip_nanos < 300000000 THEN 1 ELSE 0 END),
                SUM(CASE WHEN round_trip_nanos >= 300000000 AND round_trip_nanos < 1000000000 THEN 1 ELSE 0 END),
                SUM(CASE WHEN round_trip_nanos >= 1000000000 AND round_trip_nanos < 3000000000 THEN 1 ELSE 0 END),
                SUM(CASE WHEN round_trip_nanos >= 3000000000 AND round_trip_nanos < 10000000000 THEN 1 ELSE 0 END),
                SUM(CASE WHEN round_trip_nanos >= 10000000000 AND round_trip_nanos < 30000000000 THEN 1 ELSE 0 END),
                SUM(CASE WHEN round_trip_nanos >= 30000000000 AND round_trip_nanos < 120000000000 THEN 1 ELSE 0 END),
                SUM(CASE WHEN round_trip_nanos >= 120000000000 AND round_trip_nanos < 600000000000 THEN 1 ELSE 0 END),
                SUM(CASE WHEN round_trip_nanos >= 600000000000 THEN 1 ELSE 0 END)
            FROM probe WHERE id IN (<ids>)
            GROUP BY target, vantage, sent_micros / 3600000000
            ORDER BY target, vantage, sent_micros / 3600000000
            ON CONFLICT (target, vantage, hour) DO UPDATE SET
                returned = hour.returned + excluded.returned,
                late = hour.late + excluded.late,
                lost = hour.lost + excluded.lost,
                refused = hour.refused + excluded.refused,
                bounced = hour.bounced + excluded.bounced,
                deferred = hour.deferred + excluded.deferred,
                send_failed = hour.send_failed + excluded.send_failed,
                inconclusive = hour.inconclusive + excluded.inconclusive,
                sum_nanos = hour.sum_nanos + excluded.sum_nanos,
                min_nanos = CASE WHEN hour.min_nanos < excluded.min_nanos OR excluded.min_nanos IS NULL
                                 THEN hour.min_nanos ELSE excluded.min_nanos END,
                max_nanos = CASE WHEN hour.max_nanos > excluded.max_nanos OR excluded.max_nanos IS NULL
                                 THEN hour.max_nanos ELSE excluded.max_nanos END,
                under_100_ms = hour.under_100_ms + excluded.under_100_ms,
                under_300_ms = hour.under_300_ms + excluded.under_300_ms,
                under_1_s = hour.under_1_s + excluded.under_1_s,
                under_3_s = hour.under_3_s + excluded.under_3_s,
                under_10_s = hour.under_10_s + excluded.under_10_s,
                under_30_s = hour.under_30_s + excluded.under_30_s,
                under_120_s = hour.under_120_s + excluded.under_120_s,
                under_600_s = hour.under_600_s + excluded.under_600_s,
                longer = hour.longer + excluded.longer""";

    static final String PAPERS = "DELETE FROM paper WHERE probe IN (<ids>)";

    static final String PROBES = "DELETE FROM probe WHERE id IN (<ids>)";

    /** What was told of a problem that lasts is kept: by it the announcer knows that people have heard of it. */
    static final String DISPATCHES = """
            DELETE FROM dispatch WHERE number IN (
                SELECT number FROM dispatch
                WHERE state <> 'waiting' AND ended_micros < :before
                    AND change_number NOT IN (SELECT change_number FROM problem)
                ORDER BY ended_micros LIMIT :most{SKIP})""";

    static final String CHANGES = """
            DELETE FROM change WHERE number IN (
                SELECT number FROM change
                WHERE at_micros < :before AND (announced = 1 OR held_back = 1)
                    AND number NOT IN (SELECT change_number FROM problem)
                    AND NOT EXISTS (SELECT 1 FROM dispatch WHERE dispatch.change_number = change.number)
                ORDER BY at_micros LIMIT :most{SKIP})""";

    static final String HOURS = """
            DELETE FROM hour WHERE (target, vantage, hour) IN (
                SELECT target, vantage, hour FROM hour WHERE hour < :before ORDER BY hour LIMIT :most{SKIP})""";

    static final String BLINDNESSES = """
            DELETE FROM blindness WHERE (monitor, from_micros) IN (
                SELECT monitor, from_micros FROM blindness WHERE until_micros < :before LIMIT :most{SKIP})""";

    static final String CHECKS = """
            DELETE FROM check_result WHERE number IN (
                SELECT number FROM check_result WHERE at_micros < :before ORDER BY at_micros LIMIT :most{SKIP})""";

    static final String SAMPLES = """
            DELETE FROM host_sample WHERE (host, at_micros, measure) IN (
                SELECT host, at_micros, measure FROM host_sample
                WHERE at_micros < :before ORDER BY at_micros LIMIT :most{SKIP})""";

    static final String RUNS = """
            DELETE FROM path_run WHERE number IN (
                SELECT number FROM path_run WHERE started_micros < :before ORDER BY started_micros LIMIT :most{SKIP})""";

    /** Also those that nobody did, and nobody asks for any more: of a list of people that became another one, for example. */
    static final String DUTIES = """
            DELETE FROM duty WHERE duty IN (
                SELECT duty FROM duty
                WHERE COALESCE(done_micros, until_micros) < :before LIMIT :most{SKIP})""";

    private TidySql() {}
}
