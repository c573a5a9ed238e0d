-- The facts of each child as they were counted on a day, so that a list of thousands reads no record. An index and
-- nothing more: it can be made again from what is kept. Whatever is kept about a child marks their row as changed.
CREATE TABLE child_facts (
    child_id   TEXT NOT NULL PRIMARY KEY,
    state      TEXT NOT NULL DEFAULT 'changed',
    counted_on TEXT NOT NULL DEFAULT '',
    said       TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX child_facts_changed ON child_facts (child_id) WHERE state <> 'counted';
CREATE INDEX child_facts_old ON child_facts (counted_on, child_id);

INSERT INTO child_facts (child_id) SELECT id FROM resources WHERE type = 'Patient';

CREATE TRIGGER facts_of_a_new_child AFTER INSERT ON resources WHEN NEW.type = 'Patient'
BEGIN
    INSERT INTO child_facts (child_id) VALUES (NEW.id);
END;
CREATE TRIGGER facts_changed AFTER INSERT ON resources
WHEN NEW.child IS NOT NULL AND NEW.type NOT IN ('AuditEvent', 'Communication', 'CommunicationRequest', 'Patient', 'Provenance')
BEGIN
    UPDATE child_facts SET state = 'changed' WHERE child_id = NEW.child AND state <> 'changed';
END;
CREATE TRIGGER facts_changed_again AFTER UPDATE OF version ON resources
WHEN NEW.child IS NOT NULL AND NEW.type NOT IN ('AuditEvent', 'Communication', 'CommunicationRequest', 'Provenance')
BEGIN
    UPDATE child_facts SET state = 'changed' WHERE child_id = NEW.child AND state <> 'changed';
END;
