-- What a team says of itself: who covers it, when it is away, and when its inbox was last opened. None of it is about a
-- child. Days that were taken back stay, as what was seen on them stays.
CREATE TABLE teams (
    organisation_id TEXT PRIMARY KEY,
    covered_by      TEXT
);
CREATE INDEX teams_covered_by ON teams (covered_by);
CREATE TABLE closed_days (
    id              TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL,
    first_day       TEXT NOT NULL,
    last_day        TEXT NOT NULL,
    reason          TEXT NOT NULL,
    said_by         TEXT NOT NULL,
    said_at         TEXT NOT NULL,
    taken_back_at   TEXT
);
CREATE INDEX closed_days_of_organisation ON closed_days (organisation_id);
CREATE TABLE inbox_openings (
    organisation_id TEXT PRIMARY KEY,
    opened_by       TEXT NOT NULL,
    opened_at       TEXT NOT NULL
);
