"""Messages that came in and need a person: kept until somebody matches them."""

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
    """A message as it came, why a person must look, and the `fields` that could be read from it."""

    kind: str
    text: str
    reason: str
    fields: Row
    owner_organisation_id: str | None = None


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


def keep(write: Write, new: NewIncoming) -> Incoming:
    """Keep a message and return it; the same message again is the one that was kept before.

    Raises TextNotKept.
    """
    must_be_text((new.text,))
    digest = hashlib.sha256(new.text.encode("utf-8")).hexdigest()
    known = one(write, "SELECT * FROM incoming WHERE kind = ? AND text_digest = ?", new.kind, digest)
    if known:
        return _incoming(known)
    incoming_id, now = str(uuid.uuid4()), moment_text(write.at)
    row = {
        **vars(new),
        "id": incoming_id,
        "fields": json_text(new.fields),
        "text_digest": digest,
        "received_at": now,
    }
    insert(write, "incoming", row)
    return by_id(write, incoming_id)


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


def _incoming(row: Row) -> Incoming:
    known = {name: row[name] for name in Incoming.__dataclass_fields__}
    times = {"received_at": moment(row["received_at"]), "matched_at": moment_or_none(row["matched_at"])}
    return Incoming(**known | times | {"fields": json.loads(row["fields"])})
