-- The telephone numbers that a place has entered for when somebody must be reached at once: by what they are for.
CREATE TABLE place_numbers (
    organisation_id TEXT NOT NULL,
    purpose         TEXT NOT NULL,
    name            TEXT NOT NULL,
    phone           TEXT NOT NULL,
    said_by         TEXT NOT NULL,
    said_at         TEXT NOT NULL,
    PRIMARY KEY (organisation_id, purpose)
) WITHOUT ROWID;
