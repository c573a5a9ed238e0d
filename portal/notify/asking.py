"""Asking carriers what became of what they took: a message that was taken has not arrived yet."""

from collections.abc import Callable
from datetime import datetime

from fhir.store import Store
from fhir.store.tables import outbox
from fhir.store.tables.outbox import Message
from plans.review_events import SYSTEM
from portal.notify.became import NOBODY_KNOWS, ON_ITS_WAY, Became, State, ask_next, lost
from portal.notify.carrier import Asked, Carriers
from portal.notify.deadline import TookTooLong, within
from portal.notify.emptying import CLAIMED_FOR, LONGEST_TURN, MOST_AT_ONCE, SECONDS, as_its_own_failure
from portal.notify.letter import NotCarried


def ask_carriers(
    store: Store,
    carriers: Carriers,
    clock: Callable[[], datetime],
    *,
    must_stop: Callable[[], bool] = lambda: False,
) -> int:
    """Ask about what is due to be asked about, so many at most; return how many have arrived or were lost.

    A carrier that does not answer, or whose answer nobody can read, is asked again later, and nobody waits
    for it. A fault of the store goes on.
    """
    asked = {name: carrier for name, carrier in carriers.items() if isinstance(carrier, Asked)}
    return sum(_ask(store, name, carrier, clock, must_stop) for name, carrier in asked.items())


def _ask(
    store: Store, name: str, carrier: Asked, clock: Callable[[], datetime], must_stop: Callable[[], bool]
) -> int:
    began, over = clock(), 0
    for _ in range(MOST_AT_ONCE):
        now = clock()
        if must_stop() or now - began > LONGEST_TURN:
            break
        with store.write_beside(by=SYSTEM, at=now) as write:
            message = outbox.take_to_ask(write, due_by=began, until=now + CLAIMED_FOR, carrier=name)
        if message is None:
            break
        said = _said(carrier, message)
        became = said or ON_ITS_WAY
        over += _note(store, message, became, clock())
        if said is None:
            break
    return over


def _said(carrier: Asked, message: Message) -> Became | None:
    try:
        with as_its_own_failure(), within(SECONDS):
            return carrier.became(message)
    except (NotCarried, TookTooLong):
        return None


def _note(store: Store, message: Message, became: Became, at: datetime) -> bool:
    """Keep what became of a message; return whether nobody needs to ask any more."""
    again = ask_next(message.sent_at, at) if message.sent_at else None
    with store.write_beside(by=SYSTEM, at=at) as write:
        if became.state is State.ON_ITS_WAY and again:
            outbox.ask_later(write, message.id, again)
            return False
        if became.state is State.ARRIVED:
            outbox.mark_arrived(write, message.id)
        else:
            outbox.mark_lost(write, message.id, (became if became.why else lost(NOBODY_KNOWS)).why)
    return True
