-- The judging monitor. As in V1, one schema for SQLite and PostgreSQL; yes and no are 1 and 0. ${number} is how each of them
-- says "a key that the database counts up", and ${bytes} how it says that.

-- SQLite cannot change a table's rules, so the probes move into a new table; what a row of V1 does not know is told by what it does.
CREATE TABLE probe_2 (
    id                   TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 26),
    target               TEXT    NOT NULL,
    address              TEXT    NOT NULL,
    vantage              TEXT    NOT NULL,
    monitor              TEXT    NOT NULL,
    retry                INTEGER NOT NULL CHECK (retry IN (0, 1)),
    sent_micros          BIGINT  NOT NULL,
    slow_nanos           BIGINT  NOT NULL CHECK (slow_nanos >= 0),
    timeout_nanos        BIGINT  NOT NULL CHECK (timeout_nanos >= 0),
    deadline_micros      BIGINT  NOT NULL,
    -- When it turns slow; null once somebody was told, and for one that is never slow.
    slow_micros          BIGINT,
    submission           TEXT,
    outcome              TEXT    NOT NULL DEFAULT 'in flight'
                         CHECK (outcome IN ('in flight', 'returned', 'late', 'lost', 'refused', 'bounced', 'deferred',
                                            'send failed', 'inconclusive')),
    ended_micros         BIGINT,
    why                  TEXT,
    note                 TEXT,
    received_micros      BIGINT,
    round_trip_nanos     BIGINT  CHECK (round_trip_nanos >= 0),
    clock                TEXT    CHECK (clock IN ('monotonic', 'wall')),
    resolution_nanos     BIGINT  CHECK (resolution_nanos >= 0),
    duplicates           INTEGER NOT NULL DEFAULT 0 CHECK (duplicates >= 0),
    arrived_there_micros BIGINT,
    agent                TEXT,
    CONSTRAINT probe_deadline_follows_sending CHECK (deadline_micros >= sent_micros),
    CONSTRAINT probe_in_flight_has_not_ended CHECK ((outcome = 'in flight') = (ended_micros IS NULL)),
    CONSTRAINT probe_says_why_it_failed
        CHECK ((outcome IN ('refused', 'bounced', 'deferred', 'send failed', 'inconclusive')) = (why IS NOT NULL)),
    CONSTRAINT probe_was_received_if_it_came_back
        CHECK ((outcome IN ('returned', 'late')) = (received_micros IS NOT NULL)),
    CONSTRAINT probe_has_a_whole_round_trip_or_none
        CHECK ((received_micros IS NULL) = (round_trip_nanos IS NULL)
            AND (received_micros IS NULL) = (clock IS NULL)
            AND (received_micros IS NULL) = (resolution_nanos IS NULL)),
    CONSTRAINT probe_has_whole_evidence_or_none CHECK ((arrived_there_micros IS NULL) = (agent IS NULL))
);

INSERT INTO probe_2 (id, target, address, vantage, monitor, retry, sent_micros, slow_nanos, timeout_nanos, deadline_micros,
                     submission, outcome, ended_micros, why, received_micros, round_trip_nanos, clock, resolution_nanos,
                     duplicates, arrived_there_micros, agent)
SELECT id, target, address, vantage, '', 0, sent_micros, timeout_nanos, timeout_nanos, deadline_micros,
       submission, outcome,
       CASE outcome WHEN 'in flight' THEN NULL
                    WHEN 'lost' THEN deadline_micros
                    WHEN 'refused' THEN sent_micros
                    WHEN 'bounced' THEN sent_micros
                    ELSE received_micros END,
       why, received_micros, round_trip_nanos, clock, resolution_nanos, duplicates, arrived_there_micros, agent
FROM probe;

DROP TABLE probe;
ALTER TABLE probe_2 RENAME TO probe;

-- The newest probes of a target, its history, and the names of all targets.
CREATE INDEX probe_newest ON probe (target, sent_micros);

-- What is overdue, and what turns slow; only the few probes in flight stand in these.
CREATE INDEX probe_overdue ON probe (vantage, deadline_micros, id) WHERE outcome = 'in flight';
CREATE INDEX probe_slow ON probe (vantage, slow_micros) WHERE outcome = 'in flight' AND slow_micros IS NOT NULL;

-- Texts about a probe, packed. They go with the probe.
CREATE TABLE paper (
    probe TEXT NOT NULL,
    kind  TEXT NOT NULL,
    text  ${bytes} NOT NULL,
    PRIMARY KEY (probe, kind)
);

-- When each target's next probe is due, and to whom it is given out until when.
CREATE TABLE agenda (
    vantage        TEXT    NOT NULL,
    target         TEXT    NOT NULL,
    due_micros     BIGINT  NOT NULL,
    every_nanos    BIGINT  NOT NULL CHECK (every_nanos > 0),
    enabled        INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    retry          INTEGER NOT NULL DEFAULT 0 CHECK (retry IN (0, 1)),
    stamp          BIGINT  NOT NULL DEFAULT 0,
    monitor        TEXT,
    claimed_micros BIGINT,
    PRIMARY KEY (vantage, target),
    CONSTRAINT agenda_has_a_whole_claim_or_none CHECK ((monitor IS NULL) = (claimed_micros IS NULL))
);
CREATE INDEX agenda_due ON agenda (vantage, due_micros) WHERE enabled = 1;

-- The monitors at work, by their last sign, and when they could not see.
CREATE TABLE sign (
    monitor        TEXT   NOT NULL PRIMARY KEY,
    vantage        TEXT   NOT NULL,
    started_micros BIGINT NOT NULL,
    at_micros      BIGINT NOT NULL,
    blind          TEXT
);
CREATE TABLE blindness (
    monitor      TEXT   NOT NULL,
    vantage      TEXT   NOT NULL,
    from_micros  BIGINT NOT NULL,
    until_micros BIGINT NOT NULL CHECK (until_micros >= from_micros),
    why          TEXT   NOT NULL,
    PRIMARY KEY (monitor, from_micros)
);
CREATE INDEX blindness_touching ON blindness (vantage, until_micros);

-- What one vantage holds of a target, and what all do. Columns held_… are filled together, where the target flaps.
CREATE TABLE standing (
    target             TEXT   NOT NULL,
    vantage            TEXT   NOT NULL,
    state              TEXT   NOT NULL,
    since_micros       BIGINT NOT NULL,
    cause              TEXT   NOT NULL,
    last_trip_nanos    BIGINT,
    last_return_micros BIGINT,
    at_micros          BIGINT NOT NULL,
    PRIMARY KEY (target, vantage)
);
CREATE TABLE situation (
    target                  TEXT   NOT NULL PRIMARY KEY,
    version                 BIGINT NOT NULL CHECK (version > 0),
    state                   TEXT   NOT NULL,
    since_micros            BIGINT NOT NULL,
    cause                   TEXT   NOT NULL,
    last_trip_nanos         BIGINT,
    last_return_micros      BIGINT,
    held_state              TEXT,
    held_since_micros       BIGINT,
    held_cause              TEXT,
    held_last_trip_nanos    BIGINT,
    held_last_return_micros BIGINT,
    votes                   TEXT   NOT NULL,
    turns                   TEXT   NOT NULL
);

-- Every change of a verdict. The tags stand on lines of their own.
CREATE TABLE change (
    number             ${number},
    target             TEXT    NOT NULL,
    from_state         TEXT    NOT NULL,
    state              TEXT    NOT NULL,
    since_micros       BIGINT  NOT NULL,
    cause              TEXT    NOT NULL,
    last_trip_nanos    BIGINT,
    last_return_micros BIGINT,
    at_micros          BIGINT  NOT NULL,
    votes              TEXT    NOT NULL,
    held_back          INTEGER NOT NULL CHECK (held_back IN (0, 1)),
    tags               TEXT    NOT NULL,
    announced          INTEGER NOT NULL DEFAULT 0 CHECK (announced IN (0, 1))
);
CREATE INDEX change_of_target ON change (target, at_micros);
CREATE INDEX change_unannounced ON change (number) WHERE announced = 0 AND held_back = 0;
CREATE INDEX change_old ON change (at_micros);

-- The targets that are not well, by their newest change that was not held back.
CREATE TABLE problem (
    target              TEXT   NOT NULL PRIMARY KEY,
    change_number       BIGINT NOT NULL,
    acknowledged_by     TEXT,
    acknowledged_micros BIGINT
);

-- What has to be told, and what was told or dropped.
CREATE TABLE dispatch (
    number         ${number},
    key            TEXT    NOT NULL UNIQUE,
    rule           TEXT    NOT NULL,
    kind           TEXT    NOT NULL,
    change_number  BIGINT  NOT NULL,
    target         TEXT    NOT NULL,
    due_micros     BIGINT  NOT NULL,
    way            INTEGER NOT NULL,
    attempts       INTEGER NOT NULL,
    trouble        TEXT,
    state          TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'told', 'dropped')),
    claimed_micros BIGINT,
    ended_micros   BIGINT,
    CONSTRAINT dispatch_that_waits_has_not_ended CHECK ((state = 'waiting') = (ended_micros IS NULL))
);
CREATE INDEX dispatch_due ON dispatch (due_micros, number) WHERE state = 'waiting';
CREATE INDEX dispatch_of_rule ON dispatch (rule, target, change_number);
CREATE INDEX dispatch_of_change ON dispatch (change_number);
CREATE INDEX dispatch_old ON dispatch (ended_micros) WHERE state <> 'waiting';

-- Probes that are gone, counted by hours since 1970 UTC: how many of each outcome, and how long those that came back in time or late took.
-- under_… counts round trips below that, and not below the bound before.
CREATE TABLE hour (
    target       TEXT   NOT NULL,
    vantage      TEXT   NOT NULL,
    hour         BIGINT NOT NULL,
    returned     BIGINT NOT NULL,
    late         BIGINT NOT NULL,
    lost         BIGINT NOT NULL,
    refused      BIGINT NOT NULL,
    bounced      BIGINT NOT NULL,
    deferred     BIGINT NOT NULL,
    send_failed  BIGINT NOT NULL,
    inconclusive BIGINT NOT NULL,
    sum_nanos    BIGINT NOT NULL,
    min_nanos    BIGINT,
    max_nanos    BIGINT,
    under_100_ms BIGINT NOT NULL,
    under_300_ms BIGINT NOT NULL,
    under_1_s    BIGINT NOT NULL,
    under_3_s    BIGINT NOT NULL,
    under_10_s   BIGINT NOT NULL,
    under_30_s   BIGINT NOT NULL,
    under_120_s  BIGINT NOT NULL,
    under_600_s  BIGINT NOT NULL,
    longer       BIGINT NOT NULL,
    PRIMARY KEY (target, vantage, hour)
);
CREATE INDEX hour_old ON hour (hour);

-- What a monitor could not write while its PostgreSQL was away: used in an SQLite file beside the monitor alone. The columns mean
-- what the kind needs of them.
CREATE TABLE journal (
    number           ${number},
    kind             TEXT   NOT NULL,
    probe            TEXT   NOT NULL,
    at_micros        BIGINT,
    name             TEXT,
    text             TEXT,
    time_nanos       BIGINT,
    resolution_nanos BIGINT,
    arrived_micros   BIGINT,
    agent            TEXT
);
