-- Plain tables: what is not FHIR. Moments are UTC text of one width; fields and states are JSON text.
-- `rowid` is the order of arrival, which the embedded engine keeps by itself.
CREATE TABLE accounts (
    id              words PRIMARY KEY,
    username        words NOT NULL,
    username_folded words NOT NULL UNIQUE,
    display_name    words NOT NULL,
    role            words NOT NULL,
    practitioner_id words,
    organisation_id words,
    password_hash   words NOT NULL,
    demo            boolean NOT NULL DEFAULT false,
    created_at      words NOT NULL,
    stopped_at      words
);

CREATE TABLE sessions (
    token_hash words PRIMARY KEY,
    account_id words REFERENCES accounts (id),
    state      words NOT NULL,
    created_at words NOT NULL,
    seen_at    words NOT NULL,
    expires_at words NOT NULL,
    revoked_at words
);
CREATE INDEX sessions_of_account ON sessions (account_id);

CREATE TABLE drafts (
    rowid      bigint GENERATED ALWAYS AS IDENTITY,
    id         words PRIMARY KEY,
    child_id   words NOT NULL,
    version    integer NOT NULL,
    status     words NOT NULL CHECK (status IN ('draft', 'signed', 'dropped')),
    created_at words NOT NULL
);
CREATE INDEX drafts_of_child ON drafts (child_id);

CREATE TABLE draft_versions (
    draft_id words NOT NULL REFERENCES drafts (id),
    version  integer NOT NULL,
    fields   words NOT NULL,
    saved_by words NOT NULL,
    saved_at words NOT NULL,
    PRIMARY KEY (draft_id, version)
);

CREATE TABLE links (
    rowid             bigint GENERATED ALWAYS AS IDENTITY,
    id                words PRIMARY KEY,
    token_hash        words NOT NULL UNIQUE,
    child_id          words NOT NULL,
    related_person_id words,
    plan              words NOT NULL,
    language          words,
    created_by        words NOT NULL,
    created_at        words NOT NULL,
    expires_at        words NOT NULL,
    revoked_at        words,
    failed_attempts   integer NOT NULL DEFAULT 0,
    locked_until      words,
    last_opened_at    words
);
CREATE INDEX links_of_child ON links (child_id);

CREATE TABLE outbox (
    rowid            bigint GENERATED ALWAYS AS IDENTITY,
    id               words PRIMARY KEY,
    key              words NOT NULL UNIQUE,
    communication_id words,
    child_id         words,
    carrier          words NOT NULL,
    recipient        words NOT NULL,
    body             words NOT NULL,
    created_at       words NOT NULL,
    attempts         integer NOT NULL DEFAULT 0,
    next_try_at      words,
    sent_at          words,
    stopped_at       words,
    last_error       words
);
CREATE INDEX outbox_due ON outbox (next_try_at) WHERE sent_at IS NULL AND stopped_at IS NULL;
CREATE INDEX outbox_of_child ON outbox (child_id);

CREATE TABLE incoming (
    rowid                 bigint GENERATED ALWAYS AS IDENTITY,
    id                    words PRIMARY KEY,
    kind                  words NOT NULL,
    text                  words NOT NULL,
    text_digest           words NOT NULL,
    reason                words NOT NULL,
    fields                words NOT NULL,
    owner_organisation_id words,
    received_at           words NOT NULL,
    matched_at            words,
    matched_to            words,
    UNIQUE (kind, text_digest)
);
CREATE INDEX incoming_open ON incoming (received_at) WHERE matched_at IS NULL;

CREATE TABLE imported (
    child_id      words NOT NULL,
    source_key    words NOT NULL,
    resource_type words NOT NULL,
    resource_id   words NOT NULL,
    digest        words NOT NULL,
    PRIMARY KEY (child_id, source_key)
);

CREATE TABLE pulse (
    worker  words PRIMARY KEY,
    seen_at words NOT NULL
);

CREATE TABLE marks (
    key   words PRIMARY KEY,
    value words NOT NULL
);
