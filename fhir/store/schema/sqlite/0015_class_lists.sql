-- A school's register by its class lists, in the school's own words: a pupil is no Patient, and tells nobody that a child
-- has a record here. What may link the two is asked of somebody who sees the child already. Moves keep their history.
CREATE TABLE pupils (
    id         TEXT PRIMARY KEY,
    school_id  TEXT NOT NULL,
    given      TEXT NOT NULL,
    family     TEXT NOT NULL,
    born       TEXT NOT NULL,
    class_name TEXT NOT NULL,
    year       TEXT NOT NULL,
    nhs_number TEXT NOT NULL,
    child_id   TEXT NOT NULL DEFAULT '',
    linked_by  TEXT NOT NULL DEFAULT '',
    looked_at  TEXT,
    left_on    TEXT,
    added_by   TEXT NOT NULL,
    added_at   TEXT NOT NULL
);
CREATE INDEX pupils_of_school ON pupils (school_id);
CREATE INDEX pupils_of_child ON pupils (child_id);
CREATE INDEX pupils_not_looked_at ON pupils (looked_at);
CREATE TABLE pupil_doubts (
    id          TEXT PRIMARY KEY,
    pupil_id    TEXT NOT NULL REFERENCES pupils (id),
    child_id    TEXT NOT NULL,
    why         TEXT NOT NULL,
    task_id     TEXT NOT NULL DEFAULT '',
    raised_at   TEXT NOT NULL,
    is_same     INTEGER,
    answered_by TEXT,
    answered_at TEXT,
    UNIQUE (pupil_id, child_id)
);
CREATE INDEX pupil_doubts_of_child ON pupil_doubts (child_id);
CREATE TABLE year_ends (
    id        TEXT PRIMARY KEY,
    school_id TEXT NOT NULL,
    last_day  TEXT NOT NULL,
    before    TEXT NOT NULL,
    done_by   TEXT NOT NULL,
    done_at   TEXT NOT NULL,
    undone_by TEXT,
    undone_at TEXT
);
CREATE INDEX year_ends_of_school ON year_ends (school_id);
CREATE TABLE moves (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('school', 'practice')),
    child_id    TEXT NOT NULL,
    from_id     TEXT NOT NULL,
    to_id       TEXT NOT NULL,
    to_code     TEXT NOT NULL DEFAULT '',
    on_day      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('planned', 'offered', 'done', 'refused', 'withdrawn')),
    task_id     TEXT NOT NULL DEFAULT '',
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    ended_by    TEXT,
    ended_at    TEXT
);
CREATE INDEX moves_of_child ON moves (child_id);
CREATE INDEX moves_by_state ON moves (state);
