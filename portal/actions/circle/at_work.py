"""Somebody who is barred, and works at a place that sees the child: said to the clinician, nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fhir import kept_people, kept_shares
from fhir.kept_bars import barred_names, is_among
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import accounts
from plans.people import Child
from plans.places import Organisation
from plans.sharing import BY_LINK
from portal.actions.inbox.sight import people_at


@dataclass(frozen=True)
class AtWork:
    """Somebody of a barred name who works now at a place that sees the child, or is to see it."""

    name: str
    place: str
    place_id: str


def barred_at_work(reader: Reader, child: Child, now: datetime, *, also: Iterable[str] = ()) -> list[AtWork]:
    """Return whoever has a barred name and a post now where the child is seen; `also` are ids of more places.

    That it is the same person is for somebody to find out: nothing is ended by it.
    """
    at_home = [one.name for one in kept_people.family(reader, child.id) if one.barred]
    names = [*barred_names(reader, child.id), *at_home]
    if not names:
        return []
    found = (
        AtWork(who, place.name, place.id)
        for place in _places(reader, child, now, also)
        for who in _who_works_at(reader, place.id)
        if is_among(names, who)
    )
    return list(dict.fromkeys(found))


def warning(one: AtWork) -> str:
    """Return what to do about one of them, in a sentence."""
    return (
        f"Somebody called {one.name}, a name that is barred, works at {one.place}: ask your safeguarding "
        f"lead now whether it is the same person, and agree with the head of {one.place} who there sees "
        "the plan."
    )


def _places(reader: Reader, child: Child, now: datetime, also: Iterable[str]) -> list[Organisation]:
    """Return the child's practice and school, the places with a live share, and these others, each once."""
    shares = kept_shares.live_shares_of(reader, child.id, now)
    shared = (one.reader_id for one in shares if one.reader not in BY_LINK)
    ids = dict.fromkeys(id for id in (child.practice_id, child.school_id, *shared, *also) if id)
    return [place for id in ids if (place := _place(reader, id))]


def _place(reader: Reader, id: str) -> Organisation | None:
    try:
        return kept_people.organisation(reader, id)
    except ResourceNotFound:
        return None


def _who_works_at(reader: Reader, place_id: str) -> list[str]:
    """Return the names of those who have a post at a place now."""
    return [accounts.by_id(reader, post.account_id).display_name for post in people_at(reader, place_id)]
