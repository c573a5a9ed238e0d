"""Codes that open a link on a new device: each for a short time, and only as a hash."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, insert, many


class Way(StrEnum):
    """How a code reaches its person."""

    SENT = "sent"
    HANDED_OVER = "handed-over"


@dataclass(frozen=True)
class LinkCode:
    """A code of a link; `ended_at` once it was used or another took its place."""

    id: str
    link_id: str
    code_hash: str
    way: Way
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None


def add(write: Write, link_id: str, code_hash: str, way: Way, *, expires_at: datetime) -> str:
    """Keep a new code and return its id; one that came the same way before ends."""
    for old in of_link(write, link_id):
        if old.way is way:
            end(write, old.id)
    code_id = str(uuid.uuid4())
    row = {"id": code_id, "link_id": link_id, "code_hash": code_hash, "way": way}
    times = {"made_at": moment_text(write.at), "expires_at": moment_text(expires_at)}
    insert(write, "link_codes", row | times)
    return code_id


def of_link(reader: Reader, link_id: str) -> list[LinkCode]:
    """Return every code of a link, ended or not, newest first."""
    sql = "SELECT * FROM link_codes WHERE link_id = ? ORDER BY made_at DESC, rowid DESC"
    return [_code(row) for row in many(reader, sql, link_id)]


def open_of_link(reader: Reader, link_id: str, *, now: datetime) -> list[LinkCode]:
    """Return the codes by which a link opens now, newest first."""
    return [one for one in of_link(reader, link_id) if one.ended_at is None and now < one.expires_at]


def message_key(code_id: str) -> str:
    """Return the key in the outbox of the message that brings a code."""
    return f"code/{code_id}"


def end(write: Write, code_id: str) -> None:
    """End a code; one that was ended before keeps its moment."""
    write.db.execute(
        "UPDATE link_codes SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
        (moment_text(write.at), code_id),
    )


def _code(row: Row) -> LinkCode:
    times = {name: moment(row[name]) for name in ("made_at", "expires_at")}
    ended = moment_or_none(row["ended_at"])
    return LinkCode(row["id"], row["link_id"], row["code_hash"], Way(row["way"]), **times, ended_at=ended)
