package org.mailsonar.store;

/** The statements about checks, samples and path runs, for both databases. */
final class CheckSql {

    static final String ADD = """
            INSERT INTO check_result (target, vantage, name, state, reason, at_micros, took_nanos, stage, kind)
            VALUES (:target, :vantage, :name, :state, :reason, :at, :took, :stage, :kind)""";

    static final String NEWEST = """
            SELECT * FROM check_result
            WHERE target = :target AND vantage = :vantage AND at_micros <= :upTo
            ORDER BY at_micros DESC, number DESC LIMIT :most""";

    static final String NEWEST_ANYWHERE = """
            SELECT * FROM check_result WHERE target = :target AND at_micros >= :since
            ORDER BY at_micros DESC, number DESC LIMIT 1""";

    static final String PAGE = """
            SELECT * FROM check_result
            WHERE (at_micros, number) > (:at, :number) AND at_micros < :until
            ORDER BY at_micros, number LIMIT :most""";

    /** Two monitors on one machine may take a sample in the same moment: then it is the same. */
    static final String ADD_SAMPLE = """
            INSERT INTO host_sample (host, at_micros, measure, value) VALUES (:host, :at, :measure, :value)
            ON CONFLICT (at_micros, host, measure) DO NOTHING""";

    static final String SAMPLES_PAGE = """
            SELECT * FROM host_sample
            WHERE (at_micros, host, measure) > (:at, :host, :measure) AND at_micros < :until
            ORDER BY at_micros, host, measure LIMIT :most""";

    static final String ADD_RUN = """
            INSERT INTO path_run (vantage, site, store, mta, proxy, started_micros, submit_nanos, retrieve_nanos, total_nanos,
                state, error, suspects, leg, stage, kind)
            VALUES (:vantage, :site, :store, :mta, :proxy, :started, :submit, :retrieve, :total, :state, :error, :suspects,
                :leg, :stage, :kind)""";

    static final String RUNS_PAGE = """
            SELECT * FROM path_run
            WHERE (started_micros, number) > (:at, :number) AND started_micros < :until
            ORDER BY started_micros, number LIMIT :most""";

    static final String RUNS_PAGE_OF_VANTAGE = """
            SELECT * FROM path_run
            WHERE (started_micros, number) > (:at, :number) AND started_micros < :until AND vantage = :vantage
            ORDER BY started_micros, number LIMIT :most""";

    private CheckSql() {}
}
