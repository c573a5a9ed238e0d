-- One person may work in several places, in each as something else. Until now an account was one post. Who was called a
-- school's nurse saw what a school sees, and is its staff from now on: a school nurse belongs to a nursing team.
CREATE TABLE posts (
    id              TEXT PRIMARY KEY,
    account_id      TEXT NOT NULL REFERENCES accounts (id),
    role            TEXT NOT NULL,
    organisation_id TEXT NOT NULL,
    leads           INTEGER NOT NULL DEFAULT 0,
    started_at      TEXT NOT NULL,
    ended_at        TEXT
);
CREATE INDEX posts_of_account ON posts (account_id);
CREATE INDEX posts_of_organisation ON posts (organisation_id);
INSERT INTO posts (id, account_id, role, organisation_id, started_at, ended_at)
SELECT practitioner_id, id, CASE role WHEN 'school-nurse' THEN 'school-staff' ELSE role END, organisation_id,
       created_at, stopped_at
FROM accounts
WHERE practitioner_id IS NOT NULL AND organisation_id IS NOT NULL;
ALTER TABLE accounts DROP COLUMN role;
ALTER TABLE accounts DROP COLUMN organisation_id;
