"""The sweep: looks at whatever is due to be looked at, and at nothing else.

What has a clock stands in an index of when to look next (fhir/store/tables/next_looks.py). Whoever keeps
such a thing says `put_at_once` in the same write, when it is new and whenever it changes. A new kind of
thing gets a row in LOOKS: which ids there are, and what looks at one. A look is called inside an open write,
so that what it raises and its next look land together. It raises what is due by `now` unless it was raised
before (by an id that says what it is about), and returns a moment after `now`, or NEVER_AGAIN at its end.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from fhir import kept_concerns, kept_deaths, kept_reviews
from fhir.store import Reader, Store, Write
from fhir.store.tables import marks, next_looks
from fhir.store.tables.next_looks import Look
from plans.review_events import SYSTEM
from plans.working_days import uk_day
from portal.actions.clocks import HolidaysFor
from portal.actions.concerns.telling import look_at_concern
from portal.actions.deaths.saying import look_at_death
from portal.actions.discharge import waiting, whereabouts
from portal.actions.discharge.whereabouts import look_at_cancelled
from portal.actions.gp_inbox import looking as gp_documents
from portal.actions.looked import Looked, Raised
from portal.actions.one_by_one import one_by_one
from portal.actions.raising import look_at_review, look_at_waiting

SEEN_WHOLE = "looked-at-everything-on"
AT_ONCE = 500  # rows that are read together; each is looked at by itself


@dataclass(frozen=True)
class Kind:
    """A kind of thing: the ids of all that somebody must look at some day, and what looks at one."""

    everything: Callable[[Reader], Iterable[str]]
    look: Callable[[Write, str, datetime, HolidaysFor], Looked]


LOOKS: Mapping[str, Kind] = {
    kept_reviews.LOOK: Kind(kept_reviews.ids_of_open_reviews, look_at_review),
    waiting.LOOK: Kind(waiting.ids_of_waiting, look_at_waiting),
    whereabouts.LOOK: Kind(whereabouts.ids_of_cancelled, look_at_cancelled),
    kept_concerns.LOOK: Kind(kept_concerns.ids_to_look_at, look_at_concern),
    kept_deaths.LOOK: Kind(kept_deaths.ids_to_confirm, look_at_death),
    gp_documents.LOOK: Kind(gp_documents.ids_of_documents, gp_documents.look_at_document),
}


def sweep(
    store: Store, *, now: datetime, holidays_for: HolidaysFor, by: str = SYSTEM, at: datetime | None = None
) -> list[Raised]:
    """Look at what is due by `now` and return what was raised; nothing is sent.

    What one look raises, its audit and when to look next land together or not at all; workers who sweep at
    once raise nothing twice. `at` is when it is written, `now` if left out. A fault with one keeps no other
    waiting, and is raised once all were looked at. Raises NaiveDatetime.
    """

    def look_at(look: Look) -> tuple[Raised, ...]:
        with store.write(by=by, at=at or now) as write:
            if not next_looks.take(write, look):
                return ()
            looked = LOOKS[look.kind].look(write, look.id, now, holidays_for)
            if looked.next_at is None:
                next_looks.take_away(write, look.kind, look.id)
            else:
                next_looks.put(write, look.kind, look.id, looked.next_at)
            return looked.raised

    parts: tuple[Callable[[], list[Raised]], ...] = (
        partial(look_at_everything_once_a_day, store, now),
        lambda: one_by_one(_due(store, now), look_at),
    )
    return one_by_one(parts, lambda part: part())


def look_at_everything_once_a_day(store: Store, now: datetime) -> list[Raised]:
    """Let everything be looked at where that has not been on this day, so that a lost row loses nobody.

    It raises nothing itself. A fault with one kind keeps no other waiting, and the next sweep tries again.
    """
    today = uk_day(now).isoformat()
    if marks.get(store, SEEN_WHOLE) == today:
        return []

    def put(name: str) -> list[Raised]:
        with store.write(by=SYSTEM, at=now) as write:
            next_looks.put_all_at_once(write, name, LOOKS[name].everything(write))
        return []

    one_by_one(LOOKS, put)
    with store.write_beside(by=SYSTEM, at=now) as write:
        marks.put(write, SEEN_WHOLE, today)
    return []


def _due(reader: Reader, now: datetime) -> Iterator[Look]:
    """Yield each row that is due, once: one that fails is still due, and must not come before the others."""
    last = next_looks.FIRST
    while found := next_looks.due(reader, now, AT_ONCE, last):
        yield from found
        last = found[-1]
