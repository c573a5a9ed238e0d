-- The last record that was imported for each child, by a digest of the file or line that brought it: that one is not
-- read again.
CREATE TABLE imported_records (
    child_id   words PRIMARY KEY,
    digest     words NOT NULL,
    intake     integer NOT NULL,
    report     words NOT NULL,
    counted_on words NOT NULL
);
CREATE INDEX imported_records_by_digest ON imported_records (digest);
