-- What a carrier says later of a message that it took: the name under which it knows the message, when to ask it next,
-- and whether the message arrived or was lost. A message to a team is dealt out to each carrier under a key of its own.
ALTER TABLE outbox ADD COLUMN known_as words;
ALTER TABLE outbox ADD COLUMN ask_at words;
ALTER TABLE outbox ADD COLUMN arrived_at words;
ALTER TABLE outbox ADD COLUMN lost_at words;
CREATE INDEX outbox_to_ask ON outbox (ask_at) WHERE ask_at IS NOT NULL;
CREATE INDEX outbox_lost ON outbox (lost_at) WHERE lost_at IS NOT NULL;
UPDATE outbox SET carrier = 'teams' WHERE carrier = 'webhook' AND sent_at IS NULL AND stopped_at IS NULL;
