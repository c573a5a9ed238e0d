-- What makes a change of the audit show: each entry is sealed with the seal before it, in numbers without gaps.
CREATE TABLE audit_seals (
    number    bigint PRIMARY KEY,
    resource  bigint NOT NULL UNIQUE REFERENCES resources (key),
    digest    words NOT NULL,
    seal      words NOT NULL,
    sealed_at words NOT NULL
);
CREATE TRIGGER audit_seals_never_change BEFORE UPDATE ON audit_seals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a seal never changes');
CREATE TRIGGER audit_seals_never_go BEFORE DELETE OR TRUNCATE ON audit_seals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('a seal is never deleted');

-- What waits for its seal: the write that keeps an entry puts it here, the write that seals it takes it away.
CREATE TABLE audit_unsealed (
    resource bigint PRIMARY KEY REFERENCES resources (key)
);
INSERT INTO audit_unsealed (resource) SELECT resource FROM audit_sequence;

-- By which the key is known again, so that a wrong key is not taken for a changed audit.
CREATE TABLE audit_key (
    one         integer PRIMARY KEY CHECK (one = 1),
    fingerprint words NOT NULL
);
CREATE TRIGGER audit_key_never_changes BEFORE UPDATE ON audit_key
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('the key of the audit never changes');
CREATE TRIGGER audit_key_never_goes BEFORE DELETE OR TRUNCATE ON audit_key
    FOR EACH STATEMENT EXECUTE FUNCTION refuse('the key of the audit is never forgotten');
