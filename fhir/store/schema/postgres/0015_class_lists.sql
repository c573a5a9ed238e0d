-- A school's register by its class lists, in the school's own words: a pupil is no Patient, and tells nobody that a child
-- has a record here. What may link the two is asked of somebody who sees the child already. Moves keep their history.
CREATE TABLE pupils (
    id         words PRIMARY KEY,
    school_id  words NOT NULL,
    given      words NOT NULL,
    family     words NOT NULL,
    born       words NOT NULL,
    class_name words NOT NULL,
    year       words NOT NULL,
    nhs_number words NOT NULL,
    child_id   words NOT NULL DEFAULT '',
    linked_by  words NOT NULL DEFAULT '',
    looked_at  words,
    left_on    words,
    added_by   words NOT NULL,
    added_at   words NOT NULL
);
CREATE INDEX pupils_of_school ON pupils (school_id);
CREATE INDEX pupils_of_child ON pupils (child_id);
CREATE INDEX pupils_not_looked_at ON pupils (looked_at);
CREATE TABLE pupil_doubts (
    id          words PRIMARY KEY,
    pupil_id    words NOT NULL REFERENCES pupils (id),
    child_id    words NOT NULL,
    why         words NOT NULL,
    task_id     words NOT NULL DEFAULT '',
    raised_at   words NOT NULL,
    is_same     boolean,
    answered_by words,
    answered_at words,
    UNIQUE (pupil_id, child_id)
);
CREATE INDEX pupil_doubts_of_child ON pupil_doubts (child_id);
CREATE TABLE year_ends (
    id        words PRIMARY KEY,
    school_id words NOT NULL,
    last_day  words NOT NULL,
    before    words NOT NULL,
    done_by   words NOT NULL,
    done_at   words NOT NULL,
    undone_by words,
    undone_at words
);
CREATE INDEX year_ends_of_school ON year_ends (school_id);
CREATE TABLE moves (
    id          words PRIMARY KEY,
    kind        words NOT NULL CHECK (kind IN ('school', 'practice')),
    child_id    words NOT NULL,
    from_id     words NOT NULL,
    to_id       words NOT NULL,
    to_code     words NOT NULL DEFAULT '',
    on_day      words NOT NULL,
    state       words NOT NULL CHECK (state IN ('planned', 'offered', 'done', 'refused', 'withdrawn')),
    task_id     words NOT NULL DEFAULT '',
    recorded_by words NOT NULL,
    recorded_at words NOT NULL,
    ended_by    words,
    ended_at    words
);
CREATE INDEX moves_of_child ON moves (child_id);
CREATE INDEX moves_by_state ON moves (state);
