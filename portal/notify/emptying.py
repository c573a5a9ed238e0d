"""Emptying the outbox: intent kept, sent, kept as sent; what failed is tried again, ever less often.

Each carrier has its own turn, which ends once it fails twice running: one that hangs takes no time from the
others. What is for a team is first dealt out to each of its carriers, as a message of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from fhir import kept_concerns, kept_deaths, kept_reviews
from fhir.store import Store
from fhir.store.errors import store_faults
from fhir.store.tables import outbox
from fhir.store.tables.outbox import Message
from plans.alert import Alert
from plans.digest import DIGEST
from plans.review_events import SYSTEM
from portal.notify.became import ASKED_AFTER
from portal.notify.carrier import Carrier, Carriers, Choosy, Dealt, NotSetUp
from portal.notify.deadline import TookTooLong, within
from portal.notify.letter import NeverCarried, NotCarried

# After the first failure, the second, and so on; the last one again and again. Nothing is given up.
PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
CLAIMED_FOR = timedelta(minutes=2)  # a worker that dies with a message in its hands lets go of it by then
MOST_AT_ONCE = 100  # by one carrier, then it is the next one's turn, and the worker looks at its clocks again
HELD_BACK = timedelta(minutes=15)  # as long as what waits while a child's death is in question, each time
LONGEST_TURN = timedelta(minutes=1)  # likewise, where each message goes well and takes long
FAILURES_RUNNING = 2  # then a carrier's turn is over; its other messages are still due
SECONDS = 12.0  # for one message in all: less than the worker has to stop


@dataclass(frozen=True)
class _Post:
    """What the outbox is emptied with."""

    store: Store
    carriers: Carriers
    clock: Callable[[], datetime]
    must_stop: Callable[[], bool]
    seconds: float


def empty_outbox(
    store: Store,
    carriers: Carriers,
    clock: Callable[[], datetime],
    *,
    must_stop: Callable[[], bool] = lambda: False,
    seconds: float = SECONDS,
) -> int:
    """Send what is due as this begins, so many at most; return how many were sent.

    Workers that empty it at the same time share the messages. One whose alert was closed meanwhile is not
    sent any more, nor is one that it is too late for: what it says is forgotten. A carrier has so many
    `seconds` for each.
    """
    post = _Post(store, carriers, clock, must_stop, seconds)
    _stop_late(store, clock())
    for name, carrier in carriers.items():
        if isinstance(carrier, Dealt):
            _deal(post, name, carrier)
    began = clock()
    due = outbox.carriers_due(store, began)
    return sum(_turn(post, name, began) for name in due if not isinstance(carriers.get(name), Dealt))


def pause_after(failures: int) -> timedelta:
    """Return how long to wait after that many failures."""
    return PAUSES[min(failures, len(PAUSES)) - 1]


def _stop_late(store: Store, now: datetime) -> None:
    with store.write_beside(by=SYSTEM, at=now) as write:
        outbox.stop_late(write)


def _deal(post: _Post, name: str, dealt: Dealt) -> None:
    """Put a message for each carrier that reaches its receiver in the place of each that is due, all at once.

    Where none does, the first one is to say so: it is a failure that somebody is told of. A digest is then
    let go: what it counts is not lost.
    """
    began = post.clock()
    for _ in range(MOST_AT_ONCE):
        if post.must_stop():
            return
        with post.store.write_beside(by=SYSTEM, at=post.clock()) as write:
            message = outbox.take(write, due_by=began, until=began + CLAIMED_FOR, carrier=name)
            if message is None:
                return
            reaching = [one for one in dealt.among if _reaches(post.carriers[one], message)]
            if reaching or message.body.get("rung") != DIGEST:
                outbox.deal(write, message, reaching or dealt.among[:1])
            else:
                outbox.stop(write, message.id)


def _reaches(carrier: Carrier | Dealt, message: Message) -> bool:
    return not isinstance(carrier, Choosy) or carrier.reaches(message)


def _turn(post: _Post, name: str, began: datetime) -> int:
    """Send what is due by one carrier until it has failed too often running; return how many were sent."""
    found = post.carriers.get(name, NotSetUp())
    carrier = NotSetUp() if isinstance(found, Dealt) else found
    sent = failures = 0
    for _ in range(MOST_AT_ONCE):
        over = post.must_stop() or failures == FAILURES_RUNNING or post.clock() - began > LONGEST_TURN
        message = None if over else _take(post, name, began)
        if message is None:
            break
        went = _send(post, carrier, message)
        sent, failures = sent + bool(went), 0 if went is not False else failures + 1
    return sent


def _take(post: _Post, name: str, began: datetime) -> Message | None:
    now = post.clock()
    with post.store.write_beside(by=SYSTEM, at=now) as write:
        return outbox.take(write, due_by=began, until=now + CLAIMED_FOR, carrier=name)


def _send(post: _Post, carrier: Carrier, message: Message) -> bool | None:
    """Return whether the carrier took the message; None where it is no fault of the carrier."""
    try:
        with as_its_own_failure():
            if _is_over(post, message):
                return None
        known_as = _carry(post, carrier, message)
    except NotCarried as failure:
        never, at = isinstance(failure, NeverCarried), post.clock()
        again = None if never else at + pause_after(message.attempts)
        with post.store.write_beside(by=SYSTEM, at=at) as write:
            outbox.mark_failed(write, message.id, str(failure), next_try_at=again)
        return None if never else False
    at = post.clock()
    with post.store.write_beside(by=SYSTEM, at=at) as write:
        ask_at = at + ASKED_AFTER[0] if known_as else None
        outbox.mark_sent(write, message.id, known_as=known_as, ask_at=ask_at)
    return True


def _is_over(post: _Post, message: Message) -> bool:
    """Return whether it is not sent now: it was closed and is stopped, or waits as a death is in question."""
    is_closed = _is_closed(post.store, message)
    if not is_closed and not _waits(post.store, message):
        return False
    with post.store.write_beside(by=SYSTEM, at=post.clock()) as write:
        if is_closed:
            outbox.stop(write, message.id)
        else:
            outbox.put_off(write, message.id, write.at + HELD_BACK)
    return True


def _waits(store: Store, message: Message) -> bool:
    """Return whether it would reach the family, or have somebody phone them, while a death is in question.

    What tells of a concern goes out: one person's word alone must not silence it.
    """
    if not message.child_id or not kept_deaths.is_in_question(store, message.child_id):
        return False
    told = _told(store, message)
    return not (told and told.concern_id)


def _carry(post: _Post, carrier: Carrier, message: Message) -> str | None:
    """Return what the carrier returns; raises NotCarried."""
    try:
        with as_its_own_failure(), within(post.seconds):
            return carrier.carry(message)
    except TookTooLong:
        post.store.close()  # it may have waited for the database, which then answers nothing else
        raise NotCarried("took too long") from None


@contextmanager
def as_its_own_failure() -> Iterator[None]:
    """Raise NotCarried for whatever is wrong with one message, which keeps no other waiting.

    A fault of the store goes on, as it is no message's.
    """
    try:
        yield
    except NotCarried:
        raise
    except store_faults():
        raise
    except Exception as fault:
        raise NotCarried(type(fault).__name__) from None  # its text may name somebody


def _is_closed(store: Store, message: Message) -> bool:
    """Return whether what it tells of needs nobody any more.

    A concern that one team has seen is not over for the others who are told: only its answer closes it.
    """
    if not message.communication_id:
        return False
    told = _told(store, message)
    if told is None:
        return True
    if told.concern_id:
        return told.is_settled or not kept_concerns.concern(store, told.concern_id).is_open
    return told.acknowledged_at is not None


def _told(store: Store, message: Message) -> Alert | None:
    """Return the alert that a message tells of; None for a message of another kind, or one that is gone."""
    id = message.communication_id
    return kept_reviews.alerts_among(store, [id]).get(id) if id else None
