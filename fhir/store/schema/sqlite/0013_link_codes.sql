-- A link opens on a new device with a code of its own person. Only the hash of a code is kept; what a message says that
-- nobody may read afterwards stands apart from its body, and is forgotten once it is sent, stopped or too late.
CREATE TABLE link_codes (
    id         TEXT PRIMARY KEY,
    link_id    TEXT NOT NULL REFERENCES links (id),
    code_hash  TEXT NOT NULL,
    way        TEXT NOT NULL CHECK (way IN ('sent', 'handed-over')),
    made_at    TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    ended_at   TEXT
);
CREATE INDEX link_codes_of_link ON link_codes (link_id);
ALTER TABLE links ADD COLUMN wrong_codes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN rests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN secret TEXT;
ALTER TABLE outbox ADD COLUMN send_by TEXT;
