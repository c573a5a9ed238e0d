-- Resources: every version is kept for ever, as the JSON text that was validated.
CREATE TABLE resources (
    key          INTEGER PRIMARY KEY,
    type         TEXT NOT NULL,
    id           TEXT NOT NULL,
    version      INTEGER NOT NULL,
    last_updated TEXT NOT NULL,
    sequence     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (type, id)
);
CREATE INDEX resources_newest ON resources (type, last_updated, sequence);

CREATE TABLE versions (
    sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
    resource     INTEGER NOT NULL REFERENCES resources (key),
    version      INTEGER NOT NULL,
    last_updated TEXT NOT NULL,
    written_by   TEXT NOT NULL,
    text         TEXT NOT NULL,
    UNIQUE (resource, version)
);
CREATE TRIGGER versions_never_change BEFORE UPDATE ON versions
BEGIN
    SELECT RAISE(ABORT, 'a kept version never changes');
END;
CREATE TRIGGER versions_never_go BEFORE DELETE ON versions
BEGIN
    SELECT RAISE(ABORT, 'a kept version is never deleted');
END;

-- The order of audit entries, without gaps, for the seal that goes over them later.
CREATE TABLE audit_sequence (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    resource INTEGER NOT NULL UNIQUE REFERENCES resources (key)
);
CREATE TRIGGER audit_sequence_never_changes BEFORE UPDATE ON audit_sequence
BEGIN
    SELECT RAISE(ABORT, 'the order of audit entries never changes');
END;
CREATE TRIGGER audit_sequence_never_goes BEFORE DELETE ON audit_sequence
BEGIN
    SELECT RAISE(ABORT, 'the order of audit entries is never deleted');
END;

-- What the current versions are searched by. An empty string stands for "none". The primary keys hold every column:
-- SQLite 3.40 checks another NOT NULL column in the wrong place, and calls a sound file damaged.
CREATE TABLE token_index (
    resource  INTEGER NOT NULL REFERENCES resources (key),
    type      TEXT NOT NULL,
    parameter TEXT NOT NULL,
    code      TEXT NOT NULL,
    system    TEXT NOT NULL,
    PRIMARY KEY (resource, type, parameter, code, system)
) WITHOUT ROWID;
CREATE INDEX token_lookup ON token_index (type, parameter, code, system);

CREATE TABLE date_index (
    resource  INTEGER NOT NULL REFERENCES resources (key),
    type      TEXT NOT NULL,
    parameter TEXT NOT NULL,
    low       TEXT NOT NULL,
    high      TEXT NOT NULL,
    PRIMARY KEY (resource, type, parameter, low, high)
) WITHOUT ROWID;
CREATE INDEX date_lookup ON date_index (type, parameter, low, high);

CREATE TABLE string_index (
    resource  INTEGER NOT NULL REFERENCES resources (key),
    type      TEXT NOT NULL,
    parameter TEXT NOT NULL,
    value     TEXT NOT NULL,
    PRIMARY KEY (resource, type, parameter, value)
) WITHOUT ROWID;
CREATE INDEX string_lookup ON string_index (type, parameter, value);

CREATE TABLE reference_index (
    resource       INTEGER NOT NULL REFERENCES resources (key),
    type           TEXT NOT NULL,
    parameter      TEXT NOT NULL,
    target_type    TEXT NOT NULL,
    target_id      TEXT NOT NULL,
    target_version TEXT NOT NULL,
    PRIMARY KEY (resource, type, parameter, target_type, target_id, target_version)
) WITHOUT ROWID;
CREATE INDEX reference_lookup ON reference_index (type, parameter, target_id, target_type);
