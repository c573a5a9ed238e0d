"""The outbox: messages to send, each queued once, tried until sent or stopped."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.rows import Row, change, insert, json_text, many, one
from fhir.store.store import Write

TIMES_THAT_MAY_LACK = ("next_try_at", "sent_at", "stopped_at")


@dataclass(frozen=True)
class NewMessage:
    """A message to queue; `key` names what it says to whom, so that it is queued once only."""

    key: str
    carrier: str
    recipient: str
    body: Row
    communication_id: str | None = None
    child_id: str | None = None


@dataclass(frozen=True)
class Message:
    """A queued message; without `next_try_at`, `sent_at` and `stopped_at` nobody tries it any more."""

    id: str
    key: str
    communication_id: str | None
    child_id: str | None
    carrier: str
    recipient: str
    body: Row
    created_at: datetime
    attempts: int
    next_try_at: datetime | None
    sent_at: datetime | None
    stopped_at: datetime | None
    last_error: str | None


def enqueue(write: Write, new: NewMessage) -> Message | None:
    """Queue a message to be tried at once and return it; none if its key was queued before."""
    if one(write, "SELECT 1 FROM outbox WHERE key = ?", new.key):
        return None
    message_id, now = str(uuid.uuid4()), moment_text(write.at)
    row = {"id": message_id, **vars(new), "body": json_text(new.body), "created_at": now, "next_try_at": now}
    insert(write, "outbox", row)
    return by_id(write, message_id)


def by_id(reader: Reader, message_id: str) -> Message:
    """Return a message; raises ResourceNotFound."""
    row = one(reader, "SELECT * FROM outbox WHERE id = ?", message_id)
    if row is None:
        raise ResourceNotFound
    return _message(row)


def due(reader: Reader, now: datetime, limit: int = 100) -> list[Message]:
    """Return the messages to try now, the longest waiting first."""
    sql = (
        "SELECT * FROM outbox WHERE sent_at IS NULL AND stopped_at IS NULL AND next_try_at <= ?"
        " ORDER BY next_try_at, rowid LIMIT ?"
    )
    return [_message(row) for row in many(reader, sql, moment_text(now), limit)]


def unsent(reader: Reader) -> list[Message]:
    """Return every message that is neither sent nor stopped, oldest first."""
    sql = "SELECT * FROM outbox WHERE sent_at IS NULL AND stopped_at IS NULL ORDER BY created_at, rowid"
    return [_message(row) for row in many(reader, sql)]


def claim(write: Write, message_id: str, *, until: datetime) -> bool:
    """Take a message that is due to send it: nobody else tries it before `until`. False if another has it."""
    now = moment_text(write.at)
    claimed = write.db.execute(
        "UPDATE outbox SET next_try_at = ?"
        " WHERE id = ? AND sent_at IS NULL AND stopped_at IS NULL AND next_try_at <= ?",
        (moment_text(until), message_id, now),
    )
    return claimed.rowcount == 1


def stop(write: Write, message_id: str) -> None:
    """Note that a message needs no sending any more; raises ResourceNotFound."""
    change(write, "outbox", message_id, {"stopped_at": moment_text(write.at)})


def mark_sent(write: Write, message_id: str) -> None:
    """Note that the carrier took a message."""
    attempts = by_id(write, message_id).attempts + 1
    sent = {"sent_at": moment_text(write.at), "attempts": attempts, "next_try_at": None, "last_error": None}
    change(write, "outbox", message_id, sent)


def mark_failed(write: Write, message_id: str, error: str, *, next_try_at: datetime | None) -> None:
    """Note that a carrier failed, and when to try again; none: never, somebody must look."""
    attempts = by_id(write, message_id).attempts + 1
    again = None if next_try_at is None else moment_text(next_try_at)
    change(write, "outbox", message_id, {"attempts": attempts, "next_try_at": again, "last_error": error})


def stop_for_child(write: Write, child_id: str) -> int:
    """Stop every message about a child that is not sent; return how many."""
    return write.db.execute(
        "UPDATE outbox SET stopped_at = ? WHERE child_id = ? AND sent_at IS NULL AND stopped_at IS NULL",
        (moment_text(write.at), child_id),
    ).rowcount


def _message(row: Row) -> Message:
    known = {name: row[name] for name in Message.__dataclass_fields__}
    times = {name: moment_or_none(row[name]) for name in TIMES_THAT_MAY_LACK}
    return Message(
        **known | times | {"created_at": moment(row["created_at"]), "body": json.loads(row["body"])}
    )
