-- The facts of each child as they were counted on a day, so that a list of thousands reads no record. An index and
-- nothing more: it can be made again from what is kept. Whatever is kept about a child marks their row as changed.
CREATE TABLE child_facts (
    child_id   words NOT NULL PRIMARY KEY,
    state      words NOT NULL DEFAULT 'changed',
    counted_on words NOT NULL DEFAULT '',
    said       text  NOT NULL DEFAULT ''
);
CREATE INDEX child_facts_changed ON child_facts (child_id) WHERE state <> 'counted';
CREATE INDEX child_facts_old ON child_facts (counted_on, child_id);

INSERT INTO child_facts (child_id) SELECT id FROM resources WHERE type = 'Patient';

CREATE FUNCTION facts_of_a_new_child() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO child_facts (child_id) VALUES (NEW.id);
    RETURN NULL;
END;
$$;
CREATE TRIGGER facts_of_a_new_child AFTER INSERT ON resources FOR EACH ROW
    WHEN (NEW.type = 'Patient')
    EXECUTE FUNCTION facts_of_a_new_child();
-- It writes the row even where it is marked already: whoever counts then waits until this write has landed.
CREATE FUNCTION facts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE child_facts SET state = 'changed' WHERE child_id = NEW.child;
    RETURN NULL;
END;
$$;
CREATE TRIGGER facts_changed AFTER INSERT ON resources FOR EACH ROW
    WHEN (NEW.child IS NOT NULL AND NEW.type NOT IN ('AuditEvent', 'Communication', 'CommunicationRequest', 'Patient', 'Provenance'))
    EXECUTE FUNCTION facts_changed();
CREATE TRIGGER facts_changed_again AFTER UPDATE OF version ON resources FOR EACH ROW
    WHEN (NEW.child IS NOT NULL AND NEW.type NOT IN ('AuditEvent', 'Communication', 'CommunicationRequest', 'Provenance'))
    EXECUTE FUNCTION facts_changed();
