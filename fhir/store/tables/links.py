"""Links: one person's way to one child's plan. Only a hash of the token is kept."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, insert, many, one

TIMES_THAT_MAY_LACK = ("revoked_at", "locked_until", "last_opened_at")


@dataclass(frozen=True)
class NewLink:
    """What must be known of a link before it is made; `plan` is the identifier of the plan's series."""

    token_hash: str
    child_id: str
    plan: str
    expires_at: datetime
    related_person_id: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Link:
    """A link, with what happened to it."""

    id: str
    token_hash: str
    child_id: str
    related_person_id: str | None
    plan: str
    language: str | None
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    failed_attempts: int
    locked_until: datetime | None
    last_opened_at: datetime | None
    wrong_codes: int = 0
    rests: int = 0


def create(write: Write, new: NewLink, *, id: str = "") -> Link:
    """Make a link and return it; `id` where what it was made for names it, so that it is made once."""
    link_id = id or str(uuid.uuid4())
    times = {"expires_at": moment_text(new.expires_at), "created_at": moment_text(write.at)}
    insert(write, "links", {"id": link_id, **vars(new), **times, "created_by": write.by})
    return by_id(write, link_id)


def by_id(reader: Reader, link_id: str) -> Link:
    """Return a link, ended or not; raises ResourceNotFound."""
    row = one(reader, "SELECT * FROM links WHERE id = ?", link_id)
    if row is None:
        raise ResourceNotFound
    return _link(row)


def by_token_hash(reader: Reader, token_hash: str) -> Link | None:
    """Return the link of a token, ended, locked, expired or not: callers make all of these look the same."""
    row = one(reader, "SELECT * FROM links WHERE token_hash = ?", token_hash)
    return _link(row) if row else None


def of_child(reader: Reader, child_id: str) -> list[Link]:
    """Return every link to a child's plan, newest first."""
    sql = "SELECT * FROM links WHERE child_id = ? ORDER BY created_at DESC, rowid DESC"
    return [_link(row) for row in many(reader, sql, child_id)]


def note_failure(write: Write, link_id: str, *, locked_until: datetime | None = None) -> Link:
    """Count a wrong date of birth, and let the link rest if the caller's rule says so; return it."""
    return _count(write, link_id, "failed_attempts", locked_until)


def note_wrong_code(write: Write, link_id: str, *, locked_until: datetime | None = None) -> Link:
    """Count a wrong code, which no right date of birth makes good, and let the link rest; return it."""
    return _count(write, link_id, "wrong_codes", locked_until)


def note_success(write: Write, link_id: str) -> None:
    """Note a right date of birth; the wrong ones are counted again from none."""
    opened = {"failed_attempts": 0, "locked_until": None, "last_opened_at": moment_text(write.at)}
    change(write, "links", link_id, opened)


def note_opened(write: Write, link_id: str) -> None:
    """Note that somebody came in, and leave every count and rest as it is."""
    change(write, "links", link_id, {"last_opened_at": moment_text(write.at)})


def note_right_code(write: Write, link_id: str) -> None:
    """Note that its own person opened it: wrong codes and rests are counted again from none."""
    change(write, "links", link_id, {"wrong_codes": 0, "rests": 0, "locked_until": None})


def revoke(write: Write, link_id: str) -> None:
    """End a link; one that was ended before keeps its moment."""
    if by_id(write, link_id).revoked_at is None:
        change(write, "links", link_id, {"revoked_at": moment_text(write.at)})


def revoke_all(write: Write, child_id: str) -> int:
    """End every link to a child's plan; return how many were open."""
    return write.db.execute(
        "UPDATE links SET revoked_at = ? WHERE child_id = ? AND revoked_at IS NULL",
        (moment_text(write.at), child_id),
    ).rowcount


def _count(write: Write, link_id: str, name: str, locked_until: datetime | None) -> Link:
    link = by_id(write, link_id)
    changes: Row = {name: getattr(link, name) + 1}
    if locked_until is not None:
        changes |= {"locked_until": moment_text(locked_until), "rests": link.rests + 1}
    change(write, "links", link_id, changes)
    return by_id(write, link_id)


def _link(row: Row) -> Link:
    known = {name: row[name] for name in Link.__dataclass_fields__}
    times = {name: moment_or_none(row[name]) for name in TIMES_THAT_MAY_LACK}
    times |= {name: moment(row[name]) for name in ("created_at", "expires_at")}
    return Link(**known | times)
