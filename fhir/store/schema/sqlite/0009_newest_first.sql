-- A new resource gets its sequence a moment after its row: without it here, this index is written once for each.
DROP INDEX resources_newest;
CREATE INDEX resources_newest ON resources (type, last_updated);
