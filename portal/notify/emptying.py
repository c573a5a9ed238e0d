"""Emptying the outbox: intent kept, sent, kept as sent; what failed is tried again, ever less often."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from fhir import kept_reviews
from fhir.store import Store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import outbox
from fhir.store.tables.outbox import Message
from plans.review_events import SYSTEM
from portal.notify.carrier import Carrier
from portal.notify.letter import NotCarried

# After the first failure, the second, and so on; the last one again and again. Nothing is given up.
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
CLAIMED_FOR = timedelta(minutes=2)  # a worker that dies with a message in its hands lets go of it by then
MOST_AT_ONCE = 100  # then the worker looks at its clocks again


def empty_outbox(
    store: Store,
    carriers: Mapping[str, Carrier],
    clock: Callable[[], datetime],
    *,
    must_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Send what is due as this begins, so many at most; return how many were sent.

    Workers that empty it at the same time share the messages. One whose alert was closed meanwhile is not
    sent any more, nor is one that it is too late for: what it says is forgotten.
    """
    began, sent = clock(), 0
    _stop_late(store, began)
    for _ in range(MOST_AT_ONCE):
        message = None if must_stop() else _take(store, clock(), due_by=began)
        if message is None:
            break
        sent += _send(store, carriers[message.carrier], message, clock)
    return sent


def pause_after(failures: int) -> timedelta:
    """Return how long to wait after that many failures."""
    return PAUSES[min(failures, len(PAUSES)) - 1]


def _stop_late(store: Store, now: datetime) -> None:
    with store.write_beside(by=SYSTEM, at=now) as write:
        outbox.stop_late(write)


def _take(store: Store, now: datetime, *, due_by: datetime) -> Message | None:
    with store.write_beside(by=SYSTEM, at=now) as write:
        return outbox.take(write, due_by=due_by, until=now + CLAIMED_FOR)


def _send(store: Store, carrier: Carrier, message: Message, clock: Callable[[], datetime]) -> bool:
    if _is_closed(store, message):
        with store.write_beside(by=SYSTEM, at=clock()) as write:
            outbox.stop(write, message.id)
        return False
    try:
        carrier.carry(message)
    except NotCarried as failure:
        at = clock()
        with store.write_beside(by=SYSTEM, at=at) as write:
            again = at + pause_after(message.attempts + 1)
            outbox.mark_failed(write, message.id, str(failure), next_try_at=again)
        return False
    with store.write_beside(by=SYSTEM, at=clock()) as write:
        outbox.mark_sent(write, message.id)
    return True


def _is_closed(store: Store, message: Message) -> bool:
    if not message.communication_id:
        return False
    try:
        return kept_reviews.alert(store, message.communication_id).acknowledged_at is not None
    except ResourceNotFound:
        return True
