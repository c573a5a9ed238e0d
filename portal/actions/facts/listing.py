"""The facts of the children whom somebody sees, in pages: by one fact that the reader chooses, no score."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fhir import kept_deaths
from fhir.record import Named, Record
from fhir.store import Store
from plans.fact_seen import FactSeen
from plans.people import Child
from plans.places import Role
from plans.sharing import Part, Reader, sees
from plans.signals import SIGNALS, FoundFact
from plans.working_days import uk_day
from portal.actions.facts.about import Facts, facts_shown
from portal.actions.facts.counting import Counted, Latest, in_index, latest_of
from portal.actions.facts.seen import Line, lines, names_of, said_of_facts
from portal.actions.importing.record import HolidaysFor
from portal.actions.school.places import schools_read
from portal.person import Person

PAGE = 50  # children on one page
FACTS = tuple(rule.name for rule in SIGNALS)
AS_READER: Mapping[Role, Reader] = {Role.SCHOOL_NURSE: Reader.SCHOOL_NURSE}  # who reads facts, beside the GP


@dataclass(frozen=True)
class Wanted:
    """By which fact the list is sorted, "" for the newest first; `only` those children. Pages begin at 1."""

    fact: str = ""
    only: bool = False
    page: int = 1


@dataclass(frozen=True)
class Listed:
    """One child with the facts that the reader sees.

    `counted` is None until somebody has counted them; `refused` says that they cannot be counted now.
    """

    child: Child
    lines: tuple[Line, ...]
    counted: Counted | None
    is_being_counted: bool
    refused: str


@dataclass(frozen=True)
class Page:
    """One page of the list. `counts` says how many children have each fact, in the order of the rules."""

    rows: tuple[Listed, ...]
    found: int
    total: int
    pages: int
    counts: Mapping[str, int]
    waiting: int  # children whose facts are still to be counted anew


@dataclass(frozen=True)
class _OfChild:
    """What the list knows of a child before their record is read."""

    named: Named
    latest: Latest
    lines: tuple[Line, ...]


def reads_misuse(person: Person) -> bool:
    """Return whether somebody reads that an inhaler may be used by somebody else, where facts stand."""
    reader = AS_READER.get(person.role)
    return person.role is Role.CLINICIAN or (reader is not None and sees(reader, Part.MISUSE))


def facts_page(
    store: Store, record: Record, person: Person, wanted: Wanted, *, now: datetime, holidays_for: HolidaysFor
) -> Page:
    """Return a page of the children whom somebody sees with their facts, and keep that they looked.

    It costs as much for a thousand children as for fifty: one row was counted for each, and only the records
    of some who have changed since are read anew.
    """
    children = list(_known(store, record, person, now, holidays_for))
    with store.write_beside(by=person.ref, at=now) as write:
        write.audit("R", f"Organization/{person.organisation_id}", None, "see the list of facts")
    meant = [one for one in children if not (wanted.fact and wanted.only) or _fact(one, wanted.fact)]
    meant.sort(key=_by_fact(wanted.fact) if wanted.fact else _newest_first)
    shown = meant[(wanted.page - 1) * PAGE : wanted.page * PAGE]
    return Page(
        rows=tuple(_listed(record, shown)),
        found=len(meant),
        total=len(children),
        pages=max(1, -(-len(meant) // PAGE)),
        counts=_counts(children),
        waiting=sum(one.latest.is_waiting and not one.latest.refused for one in children),
    )


def has_facts(store: Store, person: Person, child_ids: Sequence[str], now: datetime) -> dict[str, bool]:
    """Return which of these children have facts that somebody has to look at, by the index alone.

    A child is there with False where nobody knows yet, and is not there where no such fact was found or where
    the child has died.
    """
    schools, today = schools_read(store, person, now), uk_day(now)
    died = kept_deaths.confirmed_ids(store)
    said: dict[str, list[FactSeen]] = {}
    for one in said_of_facts(store, person, now):
        said.setdefault(one.child_id, []).append(one)
    has: dict[str, bool] = {}
    for id, known in in_index(store, [id for id in child_ids if id not in died]).items():
        found = _readable(known.counted.found, schools) if known.counted else ()
        is_open = any(line.is_open for line in lines(found, said.get(id, ()), {}, today))
        if is_open or known.is_waiting or (known.counted and known.counted.refused):
            has[id] = is_open
    return has


def facts_of_child(
    store: Store, child: Child, person: Person, *, now: datetime, holidays_for: HolidaysFor
) -> tuple[Facts, tuple[Line, ...]]:
    """Return all that is known of a child, and the facts that somebody sees; keep that they looked."""
    facts = facts_shown(store, child, today=uk_day(now), holidays_for=holidays_for)
    with store.write_beside(by=person.ref, at=now) as write:
        write.audit("R", f"Patient/{child.id}", f"Patient/{child.id}", "see the facts about the child")
    found = facts.findings.found if facts.findings else ()
    seen = said_of_facts(store, person, now, child.id)
    read = tuple(_readable(found, schools_read(store, person, now)))
    return facts, lines(read, seen, names_of(store, seen), uk_day(now))


def _known(
    store: Store, record: Record, person: Person, now: datetime, holidays_for: HolidaysFor
) -> Iterator[_OfChild]:
    """Yield each living child whom somebody sees, with the facts that they see, by family name."""
    died, today = kept_deaths.confirmed_ids(store), uk_day(now)
    names = [one for one in record.names() if one.id not in died]
    latest = latest_of(store, [one.id for one in names], today=today, holidays_for=holidays_for)
    schools, seen = schools_read(store, person, now), said_of_facts(store, person, now)
    who = names_of(store, seen)
    said: dict[str, list[FactSeen]] = {}
    for one in seen:
        said.setdefault(one.child_id, []).append(one)
    for named in names:
        known = latest[named.id]
        found = _readable(known.counted.found, schools) if known.counted else ()
        of_child = lines(found, said.get(named.id, ()), who, today)
        yield _OfChild(named, known, of_child)


def _readable(found: Iterable[FoundFact], schools: frozenset[str] | None) -> Iterator[FoundFact]:
    """Yield the facts without those of schools that somebody does not read."""
    return (one for one in found if schools is None or not one.school_id or one.school_id in schools)


def _fact(one: _OfChild, name: str) -> FoundFact | None:
    found = (line.found for line in one.lines if line.found.signal.name == name)
    return max(found, key=lambda each: each.extent, default=None)


def _by_fact(name: str) -> Callable[[_OfChild], tuple[object, ...]]:
    """Return the order by one fact: who is furthest past its threshold first, who does not have it last."""

    def key(one: _OfChild) -> tuple[object, ...]:
        found = _fact(one, name)
        if found is None:
            return (True, *_newest_first(one))
        return (False, -found.extent, -_ordinal(found.day), one.named.family, one.named.id)

    return key


def _newest_first(one: _OfChild) -> tuple[object, ...]:
    """Return the order by the last day of a fact to look at; then who has no such fact, then who has none.

    Whose facts cannot be counted comes before all, as nobody knows of which there are.
    """
    days = [_ordinal(line.found.day) for line in one.lines if line.is_open]
    last = (not days, not one.lines, -max(days, default=0))
    return (not one.latest.refused, *last, one.named.family, one.named.words, one.named.id)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _counts(children: Sequence[_OfChild]) -> dict[str, int]:
    found = Counter(name for one in children for name in {line.found.signal.name for line in one.lines})
    return {name: found[name] for name in FACTS if found[name]}


def _listed(record: Record, shown: Sequence[_OfChild]) -> Iterator[Listed]:
    children = record.some_of(one.named.id for one in shown)
    for one in shown:
        if one.named.id in children:
            known = one.latest
            yield Listed(children[one.named.id], one.lines, known.counted, known.is_waiting, known.refused)
