-- What a team says of itself: who covers it, when it is away, and when its inbox was last opened. None of it is about a
-- child. Days that were taken back stay, as what was seen on them stays.
CREATE TABLE teams (
    organisation_id words PRIMARY KEY,
    covered_by      words
);
CREATE INDEX teams_covered_by ON teams (covered_by);
CREATE TABLE closed_days (
    id              words PRIMARY KEY,
    organisation_id words NOT NULL,
    first_day       words NOT NULL,
    last_day        words NOT NULL,
    reason          words NOT NULL,
    said_by         words NOT NULL,
    said_at         words NOT NULL,
    taken_back_at   words
);
CREATE INDEX closed_days_of_organisation ON closed_days (organisation_id);
CREATE TABLE inbox_openings (
    organisation_id words PRIMARY KEY,
    opened_by       words NOT NULL,
    opened_at       words NOT NULL
);
