-- A message is found again by who sent it and by the number that they gave it; a discharge that waits, by its visit's.
ALTER TABLE incoming ADD COLUMN sender TEXT;
ALTER TABLE incoming ADD COLUMN number TEXT;
UPDATE incoming SET number = json_extract(fields, '$.notice.visit') WHERE kind = 'discharge';
CREATE INDEX incoming_number ON incoming (kind, number);
