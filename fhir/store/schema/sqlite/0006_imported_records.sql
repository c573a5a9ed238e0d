-- The last record that was imported for each child, by a digest of the file or line that brought it: that one is not
-- read again.
CREATE TABLE imported_records (
    child_id   TEXT PRIMARY KEY,
    digest     TEXT NOT NULL,
    intake     INTEGER NOT NULL,
    report     TEXT NOT NULL,
    counted_on TEXT NOT NULL
);
CREATE INDEX imported_records_by_digest ON imported_records (digest);
