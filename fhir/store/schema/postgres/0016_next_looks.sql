-- When the worker looks next at what has a clock. An index and nothing more: it can be made again from what is kept, and
-- no page reads it.
CREATE TABLE next_looks (
    kind words NOT NULL,
    id   words NOT NULL,
    at   words NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX next_looks_due ON next_looks (at, kind, id);
