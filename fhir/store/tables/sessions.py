"""Sessions: kept here, so that they can be ended here. Only a hash of the token is kept."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, insert, json_text, one


@dataclass(frozen=True)
class Session:
    """One browser's session and its state; `account_id` is none before sign-in and for families."""

    token_hash: str
    account_id: str | None
    state: Row
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def begin(
    write: Write, token_hash: str, *, account_id: str | None, state: Row, expires_at: datetime
) -> Session:
    """Begin a session and return it."""
    now = moment_text(write.at)
    row = {
        "token_hash": token_hash,
        "account_id": account_id,
        "state": json_text(state),
        "created_at": now,
        "seen_at": now,
        "expires_at": moment_text(expires_at),
    }
    insert(write, "sessions", row)
    return _session(row)


def live(reader: Reader, token_hash: str, *, now: datetime, idle: timedelta) -> Session | None:
    """Return the session, unless it was ended, has expired, or nobody was seen in it for `idle`."""
    row = one(
        reader,
        "SELECT * FROM sessions"
        " WHERE token_hash = ? AND revoked_at IS NULL AND expires_at > ? AND seen_at > ?",
        token_hash,
        moment_text(now),
        moment_text(now - idle),
    )
    return _session(row) if row else None


def touch(write: Write, token_hash: str) -> None:
    """Note that somebody was seen in it; raises ResourceNotFound."""
    _change(write, "seen_at = ?", token_hash, moment_text(write.at))


def save(write: Write, token_hash: str, state: Row) -> None:
    """Remember another state; raises ResourceNotFound."""
    _change(write, "state = ?, seen_at = ?", token_hash, json_text(state), moment_text(write.at))


def revoke(write: Write, token_hash: str) -> None:
    """End a session; one that is unknown or ended already stays as it is."""
    write.db.execute(
        "UPDATE sessions SET revoked_at = ? WHERE token_hash = ? AND revoked_at IS NULL",
        (moment_text(write.at), token_hash),
    )


def revoke_all(write: Write, account_id: str) -> int:
    """End every session of an account; return how many were open."""
    return write.db.execute(
        "UPDATE sessions SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL",
        (moment_text(write.at), account_id),
    ).rowcount


def forget(write: Write, *, before: datetime) -> int:
    """Delete sessions that expired before a moment; return how many. Those in use wait for another time."""
    expired = f"SELECT token_hash FROM sessions WHERE expires_at < ?{write.db.skip_locked}"
    return write.db.execute(
        f"DELETE FROM sessions WHERE token_hash IN ({expired})", (moment_text(before),)
    ).rowcount


def _change(write: Write, what: str, token_hash: str, *values: str) -> None:
    changed = write.db.execute(
        f"UPDATE sessions SET {what} WHERE token_hash = ? AND revoked_at IS NULL", (*values, token_hash)
    )
    if changed.rowcount == 0:
        raise ResourceNotFound


def _session(row: Row) -> Session:
    return Session(
        token_hash=row["token_hash"],
        account_id=row["account_id"],
        state=json.loads(row["state"]),
        created_at=moment(row["created_at"]),
        seen_at=moment(row["seen_at"]),
        expires_at=moment(row["expires_at"]),
    )
