"""Emptying the outbox: intent kept, sent, kept as sent; what failed is tried again, ever less often."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from fhir import kept_reviews
from fhir.store import Store, outbox
from fhir.store.errors import ResourceNotFound
from fhir.store.outbox import Message
from plans.review_events import SYSTEM
from portal.notify.carrier import Carrier
from portal.notify.letter import NotCarried

# After the first failure, the second, and so on; the last one again and again. Nothing is given up.
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
CLAIMED_FOR = timedelta(minutes=2)  # a worker that dies with a message in its hands lets go of it by then


def empty_outbox(
    store: Store,
    carriers: Mapping[str, Carrier],
    clock: Callable[[], datetime],
    *,
    must_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Send every message that is due; return how many were sent.

    A message whose alert was closed meanwhile is not sent any more.
    """
    sent = 0
    for message in outbox.due(store, clock()):
        if must_stop():
            break
        sent += _send(store, carriers[message.carrier], message, clock)
    return sent


def pause_after(failures: int) -> timedelta:
    """Return how long to wait after that many failures."""
    return PAUSES[min(failures, len(PAUSES)) - 1]


def _send(store: Store, carrier: Carrier, message: Message, clock: Callable[[], datetime]) -> bool:
    if not _claim(store, message, clock()):
        return False
    try:
        carrier.carry(message)
    except NotCarried as failure:
        at = clock()
        with store.write(by=SYSTEM, at=at) as write:
            again = at + pause_after(message.attempts + 1)
            outbox.mark_failed(write, message.id, str(failure), next_try_at=again)
        return False
    with store.write(by=SYSTEM, at=clock()) as write:
        outbox.mark_sent(write, message.id)
    return True


def _claim(store: Store, message: Message, now: datetime) -> bool:
    with store.write(by=SYSTEM, at=now) as write:
        if not outbox.claim(write, message.id, until=now + CLAIMED_FOR):
            return False
        if _is_closed(store, message):
            outbox.stop(write, message.id)
            return False
    return True


def _is_closed(store: Store, message: Message) -> bool:
    if not message.communication_id:
        return False
    try:
        return kept_reviews.alert(store, message.communication_id).acknowledged_at is not None
    except ResourceNotFound:
        return True
