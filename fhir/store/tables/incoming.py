"""What came in: messages as they came, and what of them waits until a person has matched or read it."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, insert, json_text, many, one
from fhir.store.texts import must_be_text


@dataclass(frozen=True)
class NewIncoming:
    """A message as it came, why a person must look, and the `fields` that could be read from it.

    It is found again by its `number`, which its `sender` gave it.
    """

    kind: str
    text: str
    reason: str
    fields: Row
    owner_organisation_id: str | None = None
    sender: str | None = None
    number: str | None = None


@dataclass(frozen=True)
class Incoming:
    """A kept message; open until `matched_at`."""

    id: str
    kind: str
    text: str
    reason: str
    fields: Row
    owner_organisation_id: str | None
    received_at: datetime
    matched_at: datetime | None
    matched_to: str | None
    sender: str | None = None
    number: str | None = None


def keep(write: Write, new: NewIncoming) -> Incoming:
    """Keep a message and return it; the same message again is the one that was kept before.

    Raises TextNotKept.
    """
    must_be_text((new.text,))
    known = same(write, new.kind, new.text)
    if known:
        return known
    incoming_id, now = str(uuid.uuid4()), moment_text(write.at)
    row = {
        **vars(new),
        "id": incoming_id,
        "fields": json_text(new.fields),
        "text_digest": _digest(new.text),
        "received_at": now,
    }
    insert(write, "incoming", row)
    return by_id(write, incoming_id)


def same(reader: Reader, kind: str, text: str) -> Incoming | None:
    """Return the message of this kind that came before, word for word; None if none has."""
    row = one(reader, "SELECT * FROM incoming WHERE kind = ? AND text_digest = ?", kind, _digest(text))
    return _incoming(row) if row else None


def numbered(reader: Reader, kind: str, number: str) -> list[Incoming]:
    """Return what has this number, whoever gave it, the oldest first; matched or not."""
    sql = "SELECT * FROM incoming WHERE kind = ? AND number = ? ORDER BY received_at, rowid"
    return [_incoming(row) for row in many(reader, sql, kind, number)]


def by_id(reader: Reader, incoming_id: str) -> Incoming:
    """Return a message, matched or not; raises ResourceNotFound."""
    row = one(reader, "SELECT * FROM incoming WHERE id = ?", incoming_id)
    if row is None:
        raise ResourceNotFound
    return _incoming(row)


def open_list(reader: Reader, owner_organisation_id: str | None = None) -> list[Incoming]:
    """Return the messages that wait for a person, oldest first; of one owner if one is named."""
    whose, owners = "", []
    if owner_organisation_id is not None:
        whose, owners = " AND owner_organisation_id = ?", [owner_organisation_id]
    sql = f"SELECT * FROM incoming WHERE matched_at IS NULL{whose} ORDER BY received_at, rowid"
    return [_incoming(row) for row in many(reader, sql, *owners)]


def match(write: Write, incoming_id: str, matched_to: str) -> None:
    """Note what a message was matched to, such as "Task/..."; raises ResourceNotFound if it is not open."""
    if by_id(write, incoming_id).matched_at is not None:
        raise ResourceNotFound
    change(write, "incoming", incoming_id, {"matched_at": moment_text(write.at), "matched_to": matched_to})


def change_fields(write: Write, incoming_id: str, fields: Row, reason: str) -> None:
    """Keep what is known of a message by now, and why it waits; raises ResourceNotFound."""
    change(write, "incoming", incoming_id, {"fields": json_text(fields), "reason": reason})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _incoming(row: Row) -> Incoming:
    known = {name: row[name] for name in Incoming.__dataclass_fields__}
    times = {"received_at": moment(row["received_at"]), "matched_at": moment_or_none(row["matched_at"])}
    return Incoming(**known | times | {"fields": json.loads(row["fields"])})
