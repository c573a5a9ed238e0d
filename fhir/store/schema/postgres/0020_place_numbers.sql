-- The telephone numbers that a place has entered for when somebody must be reached at once: by what they are for.
CREATE TABLE place_numbers (
    organisation_id words NOT NULL,
    purpose         words NOT NULL,
    name            words NOT NULL,
    phone           words NOT NULL,
    said_by         words NOT NULL,
    said_at         words NOT NULL,
    PRIMARY KEY (organisation_id, purpose)
);
