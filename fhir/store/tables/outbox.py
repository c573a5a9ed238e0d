"""The outbox: messages to send, each queued once, tried until sent or stopped."""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_or_none, moment_text
from fhir.store.reader import Reader
from fhir.store.store import Write
from fhir.store.tables.rows import Row, change, insert, json_text, many, one

TIMES_THAT_MAY_LACK = ("next_try_at", "sent_at", "stopped_at", "send_by", "ask_at", "arrived_at", "lost_at")
NOT_OVER = "sent_at IS NULL AND stopped_at IS NULL"


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

    Its `attempts` are counted as it is taken: it may have been sent each time, whatever became of the worker.
    Its `secret` is forgotten with the write that notes that it was sent or stopped. A carrier that took it
    and knows it by `known_as` is asked at `ask_at` what became of it: it arrived, or it was lost.
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
    known_as: str | None = None
    ask_at: datetime | None = None
    arrived_at: datetime | None = None
    lost_at: datetime | None = None


@dataclass(frozen=True)
class Queue:
    """What waits for one carrier: how many messages, since when, and how many of them have failed."""

    carrier: str
    waiting: int
    since: datetime
    failed: int


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
    sql = f"SELECT * FROM outbox WHERE {NOT_OVER} ORDER BY created_at, rowid"
    return [_message(row) for row in many(reader, sql)]


def queues(reader: Reader) -> list[Queue]:
    """Return what waits for each carrier that anything waits for, by its name."""
    sql = (
        "SELECT carrier, count(*) AS waiting, min(created_at) AS since,"
        " sum(CASE WHEN last_error IS NULL THEN 0 ELSE 1 END) AS failed"
        f" FROM outbox WHERE {NOT_OVER} GROUP BY carrier ORDER BY carrier"
    )
    return [Queue(**row | {"since": moment(row["since"])}) for row in many(reader, sql)]


def not_arrived(reader: Reader, *, queued_by: datetime, lost_after: datetime) -> list[Message]:
    """Return what somebody must be told of, oldest first.

    That is what was queued by then and is still not sent, what no carrier will take as it is, and what a
    carrier has lost since.
    """
    waiting = f"SELECT * FROM outbox WHERE {NOT_OVER} AND (created_at <= ? OR next_try_at IS NULL)"
    rows = [
        *many(reader, waiting, moment_text(queued_by)),
        *many(reader, "SELECT * FROM outbox WHERE lost_at > ?", moment_text(lost_after)),
    ]
    return sorted((_message(row) for row in rows), key=lambda one: (one.created_at, one.id))


def carriers_due(reader: Reader, by: datetime) -> list[str]:
    """Return the carriers for which something is due to be sent by then."""
    sql = f"SELECT DISTINCT carrier FROM outbox WHERE {NOT_OVER} AND next_try_at <= ? ORDER BY carrier"
    return [row["carrier"] for row in many(reader, sql, moment_text(by))]


def take(write: Write, *, due_by: datetime, until: datetime, carrier: str) -> Message | None:
    """Take the message for a carrier that has been due for longest, to send it; none if none was due by then.

    Nobody else takes it before `until`. Those who take at the same moment take different ones.
    """
    which = f"{NOT_OVER} AND carrier = ? AND next_try_at <= ?"
    taken = _take(write, "next_try_at", which, until, carrier, moment_text(due_by))
    if taken is None:
        return None
    _count_attempts(write, taken.id, 1)
    return replace(taken, attempts=taken.attempts + 1)


def take_to_ask(write: Write, *, due_by: datetime, until: datetime, carrier: str) -> Message | None:
    """Take the message of which a carrier is to be asked what became of it, as `take` does; or none."""
    return _take(write, "ask_at", "carrier = ? AND ask_at <= ?", until, carrier, moment_text(due_by))


def deal(write: Write, message: Message, carriers: Iterable[str]) -> None:
    """Queue a message to each of these carriers under a key of its own, in its place, and none twice."""
    for carrier in carriers:
        new = NewMessage(
            key=f"{message.key}/{carrier}",
            carrier=carrier,
            recipient=message.recipient,
            body=message.body,
            communication_id=message.communication_id,
            child_id=message.child_id,
            secret=message.secret,
            send_by=message.send_by,
        )
        enqueue(write, new)
    mark_sent(write, message.id)


def stop(write: Write, message_id: str) -> None:
    """Note that a message needs no sending any more; raises ResourceNotFound."""
    change(write, "outbox", message_id, {"stopped_at": moment_text(write.at), "secret": None})


def stop_key(write: Write, key: str) -> None:
    """Stop the message with this key, unless it was sent, was stopped, or never was."""
    _stop_where(write, "key = ?", key)


def go_on_with_key(write: Write, key: str) -> None:
    """Take back that the message with this key was stopped: what is not sent is tried at once.

    What it kept secret is gone, so that only a message without a secret can go on.
    """
    write.db.execute(
        "UPDATE outbox SET stopped_at = NULL, next_try_at = CASE WHEN sent_at IS NULL THEN ? END"
        " WHERE key = ? AND stopped_at IS NOT NULL",
        (moment_text(write.at), key),
    )


def go_on_with_alert(write: Write, communication_id: str, *, stopped_at: datetime) -> None:
    """Take back that the messages of an alert were stopped at that moment: they are tried at once.

    What they kept secret is gone, so that only messages without a secret can go on.
    """
    write.db.execute(
        "UPDATE outbox SET stopped_at = NULL, next_try_at = ?"
        " WHERE communication_id = ? AND stopped_at = ? AND sent_at IS NULL",
        (moment_text(write.at), communication_id, moment_text(stopped_at)),
    )


def try_again(write: Write, recipient: str) -> None:
    """Let what no carrier would take for this recipient be tried again: something was put right."""
    write.db.execute(
        f"UPDATE outbox SET next_try_at = ? WHERE recipient = ? AND next_try_at IS NULL AND {NOT_OVER}",
        (moment_text(write.at), recipient),
    )


def stop_late(write: Write) -> int:
    """Stop every message that it is too late to send; return how many. One that was tried in vain is lost."""
    now = moment_text(write.at)
    tried = f"UPDATE outbox SET lost_at = ? WHERE send_by <= ? AND last_error IS NOT NULL AND {NOT_OVER}"
    write.db.execute(tried, (now, now))
    return _stop_where(write, "send_by <= ?", now)


def mark_sent(
    write: Write, message_id: str, *, known_as: str | None = None, ask_at: datetime | None = None
) -> None:
    """Note that the carrier took a message, and when to ask it what became of it; raises ResourceNotFound."""
    sent = {"sent_at": moment_text(write.at), "next_try_at": None, "last_error": None, "secret": None}
    asked = {"known_as": known_as, "ask_at": moment_text(ask_at) if ask_at else None}
    change(write, "outbox", message_id, sent | asked)


def ask_later(write: Write, message_id: str, at: datetime) -> None:
    """Note when to ask again what became of a message; raises ResourceNotFound."""
    change(write, "outbox", message_id, {"ask_at": moment_text(at)})


def mark_arrived(write: Write, message_id: str) -> None:
    """Note that a message reached whom it was for; raises ResourceNotFound."""
    change(write, "outbox", message_id, {"ask_at": None, "arrived_at": moment_text(write.at)})


def mark_lost(write: Write, message_id: str, error: str) -> None:
    """Note that a message that its carrier took never arrived; raises ResourceNotFound."""
    lost = {"ask_at": None, "lost_at": moment_text(write.at), "last_error": error}
    change(write, "outbox", message_id, lost)


def mark_failed(write: Write, message_id: str, error: str, *, next_try_at: datetime | None) -> None:
    """Note that a carrier failed, and when to try again; none: never, somebody must look."""
    again = None if next_try_at is None else moment_text(next_try_at)
    change(write, "outbox", message_id, {"next_try_at": again, "last_error": error})


def put_off(write: Write, message_id: str, until: datetime) -> None:
    """Let a message that was taken wait until then, which is no attempt; raises ResourceNotFound."""
    _count_attempts(write, message_id, -1)
    change(write, "outbox", message_id, {"next_try_at": moment_text(until)})


def stop_for_child(write: Write, child_id: str) -> int:
    """Stop every message about a child that is not sent; return how many."""
    return _stop_where(write, "child_id = ?", child_id)


def _stop_where(write: Write, which: str, value: str) -> int:
    sql = f"UPDATE outbox SET stopped_at = ?, secret = NULL WHERE {which} AND {NOT_OVER}"
    return write.db.execute(sql, (moment_text(write.at), value)).rowcount


def _take(write: Write, clock: str, which: str, until: datetime, *values: str) -> Message | None:
    sql = (
        f"UPDATE outbox SET {clock} = ? WHERE id = (SELECT id FROM outbox WHERE {which}"
        f" ORDER BY {clock}, rowid LIMIT 1{write.db.skip_locked}) RETURNING *"
    )
    taken = one(write, sql, moment_text(until), *values)
    return _message(taken) if taken else None


def _count_attempts(write: Write, message_id: str, more: int) -> None:
    write.db.execute("UPDATE outbox SET attempts = attempts + ? WHERE id = ?", (more, message_id))


def _message(row: Row) -> Message:
    known = {name: row[name] for name in Message.__dataclass_fields__}
    times = {name: moment_or_none(row[name]) for name in TIMES_THAT_MAY_LACK}
    return Message(
        **known | times | {"created_at": moment(row["created_at"]), "body": json.loads(row["body"])}
    )
