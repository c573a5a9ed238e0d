"""Accounts: who may sign in. A stopped account stays, because what it did stays."""

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime

from fhir.store.errors import ResourceNotFound, UsernameTaken
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, insert, many, one


@dataclass(frozen=True)
class NewAccount:
    """What must be known of an account before it is added; `password_hash` is never a password."""

    username: str
    display_name: str
    password_hash: str
    practitioner_id: str | None = None
    demo: bool = False


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in, until `stopped_at`."""

    id: str
    username: str
    display_name: str
    practitioner_id: str | None
    password_hash: str
    demo: bool
    created_at: datetime
    stopped_at: datetime | None


def add(write: Write, new: NewAccount) -> Account:
    """Add an account and return it; raises UsernameTaken, whatever the capitals."""
    if by_username(write, new.username):
        raise UsernameTaken
    account_id = str(uuid.uuid4())
    row = {
        "id": account_id,
        **vars(new),
        "username_folded": _folded(new.username),
        "created_at": moment_text(write.at),
    }
    insert(write, "accounts", row)
    return by_id(write, account_id)


def by_username(reader: Reader, username: str) -> Account | None:
    """Return the account with this user name, whatever its capitals, stopped or not."""
    row = one(reader, "SELECT * FROM accounts WHERE username_folded = ?", _folded(username))
    return _account(row) if row else None


def by_id(reader: Reader, account_id: str) -> Account:
    """Return an account, stopped or not; raises ResourceNotFound."""
    row = one(reader, "SELECT * FROM accounts WHERE id = ?", account_id)
    if row is None:
        raise ResourceNotFound
    return _account(row)


def all_accounts(reader: Reader) -> list[Account]:
    """Return every account by user name, the stopped ones too."""
    return [_account(row) for row in many(reader, "SELECT * FROM accounts ORDER BY username_folded")]


def stop(write: Write, account_id: str) -> None:
    """Stop an account and end all its sessions; one that was stopped before keeps its moment."""
    now = moment_text(write.at)
    if by_id(write, account_id).stopped_at is None:
        change(write, "accounts", account_id, {"stopped_at": now})
    write.db.execute(
        "UPDATE sessions SET revoked_at = ? WHERE account_id = ? AND revoked_at IS NULL", (now, account_id)
    )


def set_password(write: Write, account_id: str, password_hash: str) -> None:
    """Put another password's hash in place; raises ResourceNotFound."""
    change(write, "accounts", account_id, {"password_hash": password_hash})


def _folded(username: str) -> str:
    return unicodedata.normalize("NFKC", username).strip().casefold()


def _account(row: Row) -> Account:
    known = {name: row[name] for name in Account.__dataclass_fields__}
    times = {"created_at": moment(row["created_at"]), "stopped_at": moment_or_none(row["stopped_at"])}
    return Account(**known | times | {"demo": bool(row["demo"])})
