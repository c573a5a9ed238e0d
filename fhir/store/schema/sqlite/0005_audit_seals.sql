-- What makes a change of the audit show: each entry is sealed with the seal before it, in numbers without gaps.
CREATE TABLE audit_seals (
    number    INTEGER PRIMARY KEY,
    resource  INTEGER NOT NULL UNIQUE REFERENCES resources (key),
    digest    TEXT NOT NULL,
    seal      TEXT NOT NULL,
    sealed_at TEXT NOT NULL
);
CREATE TRIGGER audit_seals_never_change BEFORE UPDATE ON audit_seals
BEGIN
    SELECT RAISE(ABORT, 'a seal never changes');
END;
CREATE TRIGGER audit_seals_never_go BEFORE DELETE ON audit_seals
BEGIN
    SELECT RAISE(ABORT, 'a seal is never deleted');
END;

-- What waits for its seal: the write that keeps an entry puts it here, the write that seals it takes it away.
CREATE TABLE audit_unsealed (
    resource INTEGER PRIMARY KEY REFERENCES resources (key)
);
INSERT INTO audit_unsealed (resource) SELECT resource FROM audit_sequence;

-- By which the key is known again, so that a wrong key is not taken for a changed audit.
CREATE TABLE audit_key (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    fingerprint TEXT NOT NULL
);
CREATE TRIGGER audit_key_never_changes BEFORE UPDATE ON audit_key
BEGIN
    SELECT RAISE(ABORT, 'the key of the audit never changes');
END;
CREATE TRIGGER audit_key_never_goes BEFORE DELETE ON audit_key
BEGIN
    SELECT RAISE(ABORT, 'the key of the audit is never forgotten');
END;
