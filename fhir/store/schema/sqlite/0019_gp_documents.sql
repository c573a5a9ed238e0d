-- Documents for the inboxes of GP practices, and what came back about each. Its message stands in the outbox, whose key names it.
CREATE TABLE gp_documents (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('plan', 'after-hospital')),
    about       TEXT NOT NULL,
    child_id    TEXT NOT NULL,
    practice_id TEXT NOT NULL,
    sender_id   TEXT NOT NULL,
    owner_id    TEXT NOT NULL,
    version     INTEGER NOT NULL,
    queued_at   TEXT NOT NULL,
    replaces    TEXT NOT NULL DEFAULT '',
    received_at TEXT,
    accepted_at TEXT,
    failed_at   TEXT,
    why         TEXT NOT NULL DEFAULT ''
);
CREATE INDEX gp_documents_about ON gp_documents (about);
CREATE INDEX gp_documents_of_child ON gp_documents (child_id);
CREATE INDEX gp_documents_open ON gp_documents (queued_at) WHERE accepted_at IS NULL;
CREATE INDEX outbox_known_as ON outbox (known_as) WHERE known_as IS NOT NULL;
