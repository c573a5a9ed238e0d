"""The outbox: messages to send, each queued once, tried until sent or stopped."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, insert, json_text, many, one

TIMES_THAT_MAY_LACK = ("next_try_at", "sent_at", "stopped_at", "send_by")


@dataclass(frozen=True)
class NewMessage:
    """A message to queue; `key` names what it says to whom, so that it is queued once only.

    `secret` is what it says that nobody may read here afterwards; `send_by` is when it is too late to send.
    """

    key: str
    carrier: str
    recipient: str
    body: Row
    communication_id: str | None = None
    child_id: str | None = None
    secret: str | None = None
    send_by: datetime | None = None


@dataclass(frozen=True)
class Message:
    """A queued message; without `next_try_at`, `sent_at` and `stopped_at` nobody tries it any more.

    Its `secret` is forgotten with the write that notes that it was sent or stopped.
    """

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
    secret: str | None = field(default=None, repr=False)
    send_by: datetime | None = None


def enqueue(write: Write, new: NewMessage) -> Message | None:
    """Queue a message to be tried at once and return it; none if its key was queued before."""
    if one(write, "SELECT 1 FROM outbox WHERE key = ?", new.key):
        return None
    message_id, now = str(uuid.uuid4()), moment_text(write.at)
    row = {"id": message_id, **vars(new), "body": json_text(new.body), "created_at": now, "next_try_at": now}
    row["send_by"] = moment_text(new.send_by) if new.send_by else None
    insert(write, "outbox", row)
    return by_id(write, message_id)


def by_id(reader: Reader, message_id: str) -> Message:
    """Return a message; raises ResourceNotFound."""
    row = one(reader, "SELECT * FROM outbox WHERE id = ?", message_id)
    if row is None:
        raise ResourceNotFound
    return _message(row)


def unsent(reader: Reader) -> list[Message]:
    """Return every message that is neither sent nor stopped, oldest first."""
    sql = "SELECT * FROM outbox WHERE sent_at IS NULL AND stopped_at IS NULL ORDER BY created_at, rowid"
    return [_message(row) for row in many(reader, sql)]


def take(write: Write, *, due_by: datetime, until: datetime) -> Message | None:
    """Take the message that has been due for longest, to send it; none if none was due by then.

    Nobody else takes it before `until`. Those who take at the same moment take different ones.
    """
    taken = one(
        write,
        "UPDATE outbox SET next_try_at = ? WHERE id = ("
        " SELECT id FROM outbox WHERE sent_at IS NULL AND stopped_at IS NULL AND next_try_at <= ?"
        f" ORDER BY next_try_at, rowid LIMIT 1{write.db.skip_locked}) RETURNING *",
        moment_text(until),
        moment_text(due_by),
    )
    return _message(taken) if taken else None


def stop(write: Write, message_id: str) -> None:
    """Note that a message needs no sending any more; raises ResourceNotFound."""
    change(write, "outbox", message_id, {"stopped_at": moment_text(write.at), "secret": None})


def stop_key(write: Write, key: str) -> None:
    """Stop the message with this key, unless it was sent, was stopped, or never was."""
    _stop_where(write, "key = ?", key)


def stop_late(write: Write) -> int:
    """Stop every message that it is too late to send; return how many."""
    return _stop_where(write, "send_by <= ?", moment_text(write.at))


def mark_sent(write: Write, message_id: str) -> None:
    """Note that the carrier took a message; raises ResourceNotFound."""
    sent = {"sent_at": moment_text(write.at), "next_try_at": None, "last_error": None, "secret": None}
    _count_attempt(write, message_id)
    change(write, "outbox", message_id, sent)


def mark_failed(write: Write, message_id: str, error: str, *, next_try_at: datetime | None) -> None:
    """Note that a carrier failed, and when to try again; none: never, somebody must look."""
    again = None if next_try_at is None else moment_text(next_try_at)
    _count_attempt(write, message_id)
    change(write, "outbox", message_id, {"next_try_at": again, "last_error": error})


def stop_for_child(write: Write, child_id: str) -> int:
    """Stop every message about a child that is not sent; return how many."""
    return _stop_where(write, "child_id = ?", child_id)


def _stop_where(write: Write, which: str, value: str) -> int:
    sql = (
        "UPDATE outbox SET stopped_at = ?, secret = NULL"
        f" WHERE {which} AND sent_at IS NULL AND stopped_at IS NULL"
    )
    return write.db.execute(sql, (moment_text(write.at), value)).rowcount


def _count_attempt(write: Write, message_id: str) -> None:
    write.db.execute("UPDATE outbox SET attempts = attempts + 1 WHERE id = ?", (message_id,))


def _message(row: Row) -> Message:
    known = {name: row[name] for name in Message.__dataclass_fields__}
    times = {name: moment_or_none(row[name]) for name in TIMES_THAT_MAY_LACK}
    return Message(
        **known | times | {"created_at": moment(row["created_at"]), "body": json.loads(row["body"])}
    )
