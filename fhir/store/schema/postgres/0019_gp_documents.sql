-- Documents for the inboxes of GP practices, and what came back about each. Its message stands in the outbox, whose key names it.
CREATE TABLE gp_documents (
    id          words PRIMARY KEY,
    kind        words NOT NULL CHECK (kind IN ('plan', 'after-hospital')),
    about       words NOT NULL,
    child_id    words NOT NULL,
    practice_id words NOT NULL,
    sender_id   words NOT NULL,
    owner_id    words NOT NULL,
    version     bigint NOT NULL,
    queued_at   words NOT NULL,
    replaces    words NOT NULL DEFAULT '',
    received_at words,
    accepted_at words,
    failed_at   words,
    why         words NOT NULL DEFAULT ''
);
CREATE INDEX gp_documents_about ON gp_documents (about);
CREATE INDEX gp_documents_of_child ON gp_documents (child_id);
CREATE INDEX gp_documents_open ON gp_documents (queued_at) WHERE accepted_at IS NULL;
CREATE INDEX outbox_known_as ON outbox (known_as) WHERE known_as IS NOT NULL;
