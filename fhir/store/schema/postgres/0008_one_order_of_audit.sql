-- The seals give the order of audit entries, and the queue holds what waits for one: a third list told nothing more.
DROP TABLE audit_sequence;
