-- What one of all monitors does, and only once: given out until an instant, or done. As in V1, one schema for SQLite and PostgreSQL.
CREATE TABLE duty (
    duty         TEXT   NOT NULL PRIMARY KEY,
    monitor      TEXT   NOT NULL,
    until_micros BIGINT NOT NULL,
    done_micros  BIGINT
);
