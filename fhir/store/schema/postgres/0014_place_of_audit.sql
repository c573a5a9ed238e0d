-- Where somebody acted: an audit entry is found by the organisation for which it was, and by its child, in the order of time.
ALTER TABLE resources ADD COLUMN place words;
CREATE INDEX resources_of_place ON resources (place, last_updated) WHERE place IS NOT NULL;
DROP INDEX resources_of_child;
CREATE INDEX resources_of_child ON resources (child, type, last_updated);

-- What stood out in the audit, for the privacy lead of one organisation to look at: found once, and never taken away.
CREATE TABLE unusual_accesses (
    id              words PRIMARY KEY,
    rule            words NOT NULL,
    organisation_id words NOT NULL,
    who             words NOT NULL,
    place           words NOT NULL,
    child_id        words NOT NULL,
    children        INTEGER NOT NULL,
    at              words NOT NULL,
    reviewed_by     words,
    reviewed_at     words,
    note            words
);
CREATE INDEX unusual_accesses_of ON unusual_accesses (organisation_id, at);
