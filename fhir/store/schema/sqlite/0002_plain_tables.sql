-- Plain tables: what is not FHIR. Moments are UTC text of one width; fields and states are JSON text.
CREATE TABLE accounts (
    id              TEXT PRIMARY KEY,
    username        TEXT NOT NULL,
    username_folded TEXT NOT NULL UNIQUE,
    display_name    TEXT NOT NULL,
    role            TEXT NOT NULL,
    practitioner_id TEXT,
    organisation_id TEXT,
    password_hash   TEXT NOT NULL,
    demo            INTEGER NOT NULL DEFAULT 0,
    created_at      TEXT NOT NULL,
    stopped_at      TEXT
);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    account_id TEXT REFERENCES accounts (id),
    state      TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at    TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT
);
CREATE INDEX sessions_of_account ON sessions (account_id);

CREATE TABLE drafts (
    id         TEXT PRIMARY KEY,
    child_id   TEXT NOT NULL,
    version    INTEGER NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('draft', 'signed', 'dropped')),
    created_at TEXT NOT NULL
);
CREATE INDEX drafts_of_child ON drafts (child_id);

CREATE TABLE draft_versions (
    draft_id TEXT NOT NULL REFERENCES drafts (id),
    version  INTEGER NOT NULL,
    fields   TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (draft_id, version)
) WITHOUT ROWID;

CREATE TABLE links (
    id                TEXT PRIMARY KEY,
    token_hash        TEXT NOT NULL UNIQUE,
    child_id          TEXT NOT NULL,
    related_person_id TEXT,
    plan              TEXT NOT NULL,
    language          TEXT,
    created_by        TEXT NOT NULL,
    created_at        TEXT NOT NULL,
    expires_at        TEXT NOT NULL,
    revoked_at        TEXT,
    failed_attempts   INTEGER NOT NULL DEFAULT 0,
    locked_until      TEXT,
    last_opened_at    TEXT
);
CREATE INDEX links_of_child ON links (child_id);

CREATE TABLE outbox (
    id               TEXT PRIMARY KEY,
    key              TEXT NOT NULL UNIQUE,
    communication_id TEXT,
    child_id         TEXT,
    carrier          TEXT NOT NULL,
    recipient        TEXT NOT NULL,
    body             TEXT NOT NULL,
    created_at       TEXT NOT NULL,
    attempts         INTEGER NOT NULL DEFAULT 0,
    next_try_at      TEXT,
    sent_at          TEXT,
    stopped_at       TEXT,
    last_error       TEXT
);
CREATE INDEX outbox_due ON outbox (next_try_at) WHERE sent_at IS NULL AND stopped_at IS NULL;
CREATE INDEX outbox_of_child ON outbox (child_id);

CREATE TABLE incoming (
    id                    TEXT PRIMARY KEY,
    kind                  TEXT NOT NULL,
    text                  TEXT NOT NULL,
    text_digest           TEXT NOT NULL,
    reason                TEXT NOT NULL,
    fields                TEXT NOT NULL,
    owner_organisation_id TEXT,
    received_at           TEXT NOT NULL,
    matched_at            TEXT,
    matched_to            TEXT,
    UNIQUE (kind, text_digest)
);
CREATE INDEX incoming_open ON incoming (received_at) WHERE matched_at IS NULL;

CREATE TABLE imported (
    child_id      TEXT NOT NULL,
    source_key    TEXT NOT NULL,
    resource_type TEXT NOT NULL,
    resource_id   TEXT NOT NULL,
    digest        TEXT NOT NULL,
    PRIMARY KEY (child_id, source_key)
) WITHOUT ROWID;

CREATE TABLE pulse (
    worker  TEXT PRIMARY KEY,
    seen_at TEXT NOT NULL
);

CREATE TABLE marks (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
