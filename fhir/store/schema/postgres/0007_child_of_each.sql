-- Whose record a resource belongs to, so that what somebody may not see is left out where it is found.
ALTER TABLE resources ADD COLUMN child words;

UPDATE resources SET child = id WHERE type = 'Patient';
UPDATE resources SET child = (
    SELECT min(about.target_id)
    FROM reference_index AS about
    WHERE about.resource = resources.key AND about.type = resources.type
        AND about.parameter IN ('patient', 'subject') AND about.target_type = 'Patient'
)
WHERE type <> 'Patient';
UPDATE resources SET child = (
    SELECT min(pointed.child)
    FROM reference_index AS about
    JOIN resources AS pointed ON pointed.type = about.target_type AND pointed.id = about.target_id
    WHERE about.resource = resources.key AND about.type = 'Provenance' AND about.parameter = 'target'
)
WHERE type = 'Provenance' AND child IS NULL;

CREATE INDEX resources_of_child ON resources (child, type);
