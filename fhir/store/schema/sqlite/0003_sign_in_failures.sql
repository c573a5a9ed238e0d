-- Signing in that failed, by a digest of the user name that was typed: it may have been something else, such as a password.
CREATE TABLE sign_in_failures (
    key       INTEGER PRIMARY KEY,
    who       TEXT NOT NULL,
    failed_at TEXT NOT NULL
);
CREATE INDEX sign_in_failures_of_somebody ON sign_in_failures (who, failed_at);
