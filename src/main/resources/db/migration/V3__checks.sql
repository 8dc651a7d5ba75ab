-- What was looked at beside round trips. As before, one schema for SQLite and PostgreSQL.

-- Results of checks. Columns stage and kind say what was wrong, and are filled together.
CREATE TABLE check_result (
    number     ${number},
    target     TEXT   NOT NULL,
    vantage    TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('good', 'warning', 'failing', 'unknown')),
    reason     TEXT   NOT NULL,
    at_micros  BIGINT NOT NULL,
    took_nanos BIGINT NOT NULL CHECK (took_nanos >= 0),
    stage      TEXT,
    kind       TEXT,
    CONSTRAINT check_result_has_whole_trouble_or_none CHECK ((stage IS NULL) = (kind IS NULL))
);
CREATE INDEX check_result_newest ON check_result (target, vantage, at_micros);
CREATE INDEX check_result_anywhere ON check_result (target, at_micros, number);
CREATE INDEX check_result_by_time ON check_result (at_micros, number);

-- What machines looked like, a row for each thing measured.
CREATE TABLE host_sample (
    host      TEXT             NOT NULL,
    at_micros BIGINT           NOT NULL,
    measure   TEXT             NOT NULL,
    value     DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (at_micros, host, measure)
);

-- One mail on one path through a site. The suspects stand on lines of their own.
CREATE TABLE path_run (
    number         ${number},
    vantage        TEXT   NOT NULL,
    site           TEXT   NOT NULL,
    store          TEXT   NOT NULL,
    mta            TEXT   NOT NULL,
    proxy          TEXT   NOT NULL,
    started_micros BIGINT NOT NULL,
    submit_nanos   BIGINT CHECK (submit_nanos >= 0),
    retrieve_nanos BIGINT CHECK (retrieve_nanos >= 0),
    total_nanos    BIGINT CHECK (total_nanos >= 0),
    state          TEXT   NOT NULL CHECK (state IN ('good', 'warning', 'failing', 'unknown')),
    error          TEXT   NOT NULL,
    suspects       TEXT   NOT NULL,
    leg            TEXT   CHECK (leg IN ('submit', 'arrival', 'retrieve')),
    stage          TEXT,
    kind           TEXT,
    CONSTRAINT path_run_has_whole_trouble_or_none CHECK ((stage IS NULL) = (kind IS NULL))
);
CREATE INDEX path_run_by_time ON path_run (started_micros, number);
