-- When the worker looks next at what has a clock. An index and nothing more: it can be made again from what is kept, and
-- no page reads it.
CREATE TABLE next_looks (
    kind TEXT NOT NULL,
    id   TEXT NOT NULL,
    at   TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX next_looks_due ON next_looks (at, kind, id);
