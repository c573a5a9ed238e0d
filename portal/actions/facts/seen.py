"""Marking a fact as looked at: a professional says what they will do, and when they look again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from fhir import kept_facts_seen
from fhir.sights import organisations_seen_for
from fhir.store import Reader, Store, Write
from plans.fact_seen import FactSeen, checked
from plans.signals import FoundFact, stand_on_one_count
from plans.working_days import uk_day
from portal.person import Person


@dataclass(frozen=True)
class Said:
    """What a team has said of a fact, by whom, and whether nobody has to look again yet."""

    seen: FactSeen
    who: str
    holds: bool


@dataclass(frozen=True)
class Line:
    """One fact of a child as a list has it, and what the reader's team has said of it, if anybody has."""

    found: FoundFact
    said: Said | None = None

    @property
    def is_open(self) -> bool:
        """Return whether somebody has to look at it, for the first time or again."""
        return self.said is None or not self.said.holds


def said_of_facts(reader: Reader, person: Person, now: datetime, child_id: str = "") -> list[FactSeen]:
    """Return what somebody's team has said of facts; for a nurse that of teams that she covers too."""
    places = organisations_seen_for(reader, person.role, person.organisation_id, now)
    ids = [place.partition("/")[2] for place in places]
    return kept_facts_seen.said_by(reader, ids, child_id)


def names_of(reader: Reader, seen: Iterable[FactSeen]) -> dict[str, str]:
    """Return the names of those who said something, by their ids."""
    ids = sorted({one.by for one in seen})
    found = reader.search("Practitioner", _id=ids) if ids else []
    return {one["id"]: one["name"][0]["text"] for one in found}


def lines(
    found: Iterable[FoundFact], seen: Iterable[FactSeen], names: dict[str, str], today: date
) -> tuple[Line, ...]:
    """Return the facts of one child with what was last said of each."""
    last = {(one.fact, one.school_id): one for one in sorted(seen, key=lambda one: one.at)}
    return tuple(_line(fact, last.get((fact.signal.name, fact.school_id)), names, today) for fact in found)


def _line(found: FoundFact, seen: FactSeen | None, names: dict[str, str], today: date) -> Line:
    if seen is None:
        return Line(found)
    return Line(found, Said(seen, names.get(seen.by, ""), seen.still_holds(found, today)))


def same_count(line: Line, lines: Iterable[Line]) -> list[Line]:
    """Return the other lines that say the same number as this one: one look answers them all."""
    return [one for one in lines if one is not line and stand_on_one_count(one.found, line.found)]


def mark(store: Store, seen: FactSeen, others: Iterable[Line], *, by: Person, at: datetime) -> None:
    """Keep what was said of a fact, and of `others` that say the same number, all at once.

    One of which somebody has said that they look again sooner keeps that: a look at a mild fact puts off no
    look at an urgent one. The same form again changes nothing. Raises NotWhole.
    """
    new = checked(seen, uk_day(at))
    with store.write(by=by.ref, at=at) as write:
        if kept_facts_seen.is_kept(write, new.id):
            return
        for one in (new, *(_said_too(new, other.found) for other in others if not _is_sooner(other, new))):
            _keep(write, one)


def _is_sooner(other: Line, new: FactSeen) -> bool:
    return other.said is not None and other.said.holds and other.said.seen.look_again < new.look_again


def _said_too(seen: FactSeen, other: FoundFact) -> FactSeen:
    """Return the same as said of another fact."""
    id = str(uuid5(UUID(seen.id), other.signal.name))
    return replace(seen, id=id, fact=other.signal.name, extent=other.extent, day=other.day)


def _keep(write: Write, new: FactSeen) -> None:
    child = f"Patient/{new.child_id}"
    for before in kept_facts_seen.said_by(write, [new.organisation_id], new.child_id):
        if (before.fact, before.school_id) == (new.fact, new.school_id):
            kept_facts_seen.keep_changed(write, replace(before, is_over=True))
            write.audit("U", f"Communication/{before.id}", child, "look at a fact again")
    kept_facts_seen.keep(write, new)
    write.audit("C", f"Communication/{new.id}", child, f"look at a fact: {new.fact}")
