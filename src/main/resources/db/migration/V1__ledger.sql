-- The ledger. One schema for SQLite and PostgreSQL: an instant is BIGINT microseconds since 1970-01-01T00:00:00Z,
-- a duration is BIGINT nanoseconds, and what has names is TEXT.

CREATE TABLE probe (
    id                   TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 26),
    target               TEXT    NOT NULL,
    address              TEXT    NOT NULL,
    vantage              TEXT    NOT NULL,
    sent_micros          BIGINT  NOT NULL,
    timeout_nanos        BIGINT  NOT NULL CHECK (timeout_nanos >= 0),
    deadline_micros      BIGINT  NOT NULL,
    submission           TEXT,
    outcome              TEXT    NOT NULL DEFAULT 'in flight'
                         CHECK (outcome IN ('in flight', 'returned', 'late', 'lost', 'refused', 'bounced')),
    why                  TEXT,
    received_micros      BIGINT,
    round_trip_nanos     BIGINT  CHECK (round_trip_nanos >= 0),
    clock                TEXT    CHECK (clock IN ('monotonic', 'wall')),
    resolution_nanos     BIGINT  CHECK (resolution_nanos >= 0),
    duplicates           INTEGER NOT NULL DEFAULT 0 CHECK (duplicates >= 0),
    arrived_there_micros BIGINT,
    agent                TEXT,
    CONSTRAINT probe_deadline_follows_sending CHECK (deadline_micros >= sent_micros),
    CONSTRAINT probe_says_why_it_failed CHECK ((outcome IN ('refused', 'bounced')) = (why IS NOT NULL)),
    CONSTRAINT probe_was_received_if_it_came_back
        CHECK ((outcome IN ('returned', 'late')) = (received_micros IS NOT NULL)),
    CONSTRAINT probe_has_a_whole_round_trip_or_none
        CHECK ((received_micros IS NULL) = (round_trip_nanos IS NULL)
            AND (received_micros IS NULL) = (clock IS NULL)
            AND (received_micros IS NULL) = (resolution_nanos IS NULL)),
    CONSTRAINT probe_has_whole_evidence_or_none CHECK ((arrived_there_micros IS NULL) = (agent IS NULL))
);

-- The newest probe of a target, and the names of all targets.
CREATE INDEX probe_newest ON probe (target, sent_micros, id);

-- What is overdue; only the few probes in flight stand in it.
CREATE INDEX probe_overdue ON probe (deadline_micros, id) WHERE outcome = 'in flight';

CREATE TABLE counter (
    name   TEXT   NOT NULL PRIMARY KEY,
    amount BIGINT NOT NULL CHECK (amount >= 0)
);
