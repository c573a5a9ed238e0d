-- Resources: every version is kept for ever, as the JSON text that was validated.
-- Words compare byte by byte, as on the embedded engine, whatever the database was made with.
CREATE DOMAIN words AS text COLLATE "C";

CREATE TABLE puffin_schema (
    number integer PRIMARY KEY
);

CREATE TABLE resources (
    key          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    type         words NOT NULL,
    id           words NOT NULL,
    version      bigint NOT NULL,
    last_updated words NOT NULL,
    sequence     bigint NOT NULL DEFAULT 0,
    UNIQUE (type, id)
);
CREATE INDEX resources_newest ON resources (type, last_updated, sequence);

CREATE TABLE versions (
    sequence     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    resource     bigint NOT NULL REFERENCES resources (key),
    version      bigint NOT NULL,
    last_updated words NOT NULL,
    written_by   words NOT NULL,
    text         text NOT NULL,
    UNIQUE (resource, version)
);

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END;
$$;
CREATE TRIGGER versions_never_change BEFORE UPDATE ON versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a kept version never changes');
CREATE TRIGGER versions_never_go BEFORE DELETE OR TRUNCATE ON versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a kept version is never deleted');

-- The order of audit entries. Writers commit side by side here, so a number may be missing: the seals have their own.
CREATE TABLE audit_sequence (
    number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    resource bigint NOT NULL UNIQUE REFERENCES resources (key)
);
CREATE TRIGGER audit_sequence_never_changes BEFORE UPDATE ON audit_sequence
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('the order of audit entries never changes');
CREATE TRIGGER audit_sequence_never_goes BEFORE DELETE OR TRUNCATE ON audit_sequence
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('the order of audit entries is never deleted');

-- What the current versions are searched by. An empty string stands for "none".
CREATE TABLE token_index (
    resource  bigint NOT NULL REFERENCES resources (key),
    type      words NOT NULL,
    parameter words NOT NULL,
    code      words NOT NULL,
    system    words NOT NULL,
    PRIMARY KEY (resource, type, parameter, code, system)
);
CREATE INDEX token_lookup ON token_index (type, parameter, code, system);

CREATE TABLE date_index (
    resource  bigint NOT NULL REFERENCES resources (key),
    type      words NOT NULL,
    parameter words NOT NULL,
    low       words NOT NULL,
    high      words NOT NULL,
    PRIMARY KEY (resource, type, parameter, low, high)
);
CREATE INDEX date_lookup ON date_index (type, parameter, low, high);

CREATE TABLE string_index (
    resource  bigint NOT NULL REFERENCES resources (key),
    type      words NOT NULL,
    parameter words NOT NULL,
    value     words NOT NULL,
    PRIMARY KEY (resource, type, parameter, value)
);
CREATE INDEX string_lookup ON string_index (type, parameter, value);

CREATE TABLE reference_index (
    resource       bigint NOT NULL REFERENCES resources (key),
    type           words NOT NULL,
    parameter      words NOT NULL,
    target_type    words NOT NULL,
    target_id      words NOT NULL,
    target_version words NOT NULL,
    PRIMARY KEY (resource, type, parameter, target_type, target_id, target_version)
);
CREATE INDEX reference_lookup ON reference_index (type, parameter, target_id, target_type);
