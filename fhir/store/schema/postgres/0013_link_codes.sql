-- A link opens on a new device with a code of its own person. Only the hash of a code is kept; what a message says that
-- nobody may read afterwards stands apart from its body, and is forgotten once it is sent, stopped or too late.
CREATE TABLE link_codes (
    rowid      bigint GENERATED ALWAYS AS IDENTITY,
    id         words PRIMARY KEY,
    link_id    words NOT NULL REFERENCES links (id),
    code_hash  words NOT NULL,
    way        words NOT NULL CHECK (way IN ('sent', 'handed-over')),
    made_at    words NOT NULL,
    expires_at words NOT NULL,
    ended_at   words
);
CREATE INDEX link_codes_of_link ON link_codes (link_id);
ALTER TABLE links ADD COLUMN wrong_codes integer NOT NULL DEFAULT 0;
ALTER TABLE links ADD COLUMN rests integer NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN secret words;
ALTER TABLE outbox ADD COLUMN send_by words;
