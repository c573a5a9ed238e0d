-- One person may work in several places, in each as something else. Until now an account was one post. Who was called a
-- school's nurse saw what a school sees, and is its staff from now on: a school nurse belongs to a nursing team.
CREATE TABLE posts (
    id              words PRIMARY KEY,
    account_id      words NOT NULL REFERENCES accounts (id),
    role            words NOT NULL,
    organisation_id words NOT NULL,
    leads           boolean NOT NULL DEFAULT false,
    started_at      words NOT NULL,
    ended_at        words
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
