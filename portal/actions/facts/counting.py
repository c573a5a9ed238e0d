"""Counting the facts of every child ahead of the lists: what has changed at once, all else once a day.

A list then reads one row for each child and no record. What was counted is kept as an index, which the
worker makes; pages say up to which day it goes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from hashlib import sha256

from fhir import kept_people
from fhir.store import Reader, Store
from fhir.store.errors import store_faults
from fhir.store.tables import child_facts, marks
from fhir.store.tables.rows import Row
from plans.products import Tag
from plans.review_events import SYSTEM
from plans.signals import SIGNALS, FoundFact, Signal, Visibility
from plans.working_days import uk_day
from portal.actions.facts.about import NOT_COUNTED, Facts, facts_about, note_not_counted
from portal.actions.facts.thresholds import thresholds_here
from portal.actions.importing.record import HolidaysFor
from portal.actions.one_by_one import one_by_one

COUNTED_BY = "facts-counted-by"  # a digest of the sentences and numbers that were in force
AT_ONCE = 200  # children in one round of the worker: some seconds, and what is late must not wait for more
COUNTED_NOW = 50  # children who have changed since they were counted, and are counted as somebody looks


@dataclass(frozen=True)
class Counted:
    """The facts of one child as an index holds them: up to which day the GP record goes, and from when.

    `refused` says why nothing could be counted, "" where it could.
    """

    found: tuple[FoundFact, ...]
    counted_on: date
    known_until: date | None = None
    refused: str = ""
    has_record: bool = True


@dataclass(frozen=True)
class Latest:
    """What is known of the facts of one child: `counted` is None until somebody has counted them.

    `is_waiting`: they are still to be counted, or to be counted anew. `refused` says that this failed now.
    """

    counted: Counted | None
    is_waiting: bool
    refused: str = ""


def _digest(things: Iterable[object]) -> str:
    return sha256(repr(list(things)).encode()).hexdigest()


# What a row holds of a fact, and who may read each. A row that was made in another way is not read.
MADE_AS = _digest(
    [
        *(field.name for kind in (Counted, FoundFact, Signal) for field in fields(kind)),
        *((rule.name, rule.visibility) for rule in SIGNALS),
    ]
)


def count_some(store: Store, *, now: datetime, holidays_for: HolidaysFor, most: int = AT_ONCE) -> int:
    """Count children who have changed, then those counted on an earlier day; return how many were counted.

    Where the sentences or the numbers in force are others than before, all are counted again; what is
    measured in another way by a release is counted so by the next day. A fault with one child keeps no other
    waiting, and is raised once all were looked at.
    """
    in_force = _in_force()
    if marks.get(store, COUNTED_BY) != in_force:
        with store.write(by=SYSTEM, at=now) as write:
            child_facts.count_all_again(write)
            marks.put(write, COUNTED_BY, in_force)
    ids = child_facts.to_count(store, uk_day(now), most)
    return len(one_by_one(ids, lambda id: [_count(store, id, now, holidays_for)]))


def _in_force() -> str:
    """Return a digest of the sentences, of the numbers with their sources, and of how a row is read."""
    sentences = [(rule.name, rule.sentence, rule.reading) for rule in SIGNALS]
    return _digest([MADE_AS, *sentences, *thresholds_here().rows.values()])


def count_child(reader: Reader, child_id: str, *, today: date, holidays_for: HolidaysFor) -> Counted:
    """Return the facts of one child as they are now; nothing is kept."""
    child = kept_people.child(reader, child_id)
    return counted(facts_about(reader, child, today=today, holidays_for=holidays_for), today)


def in_index(reader: Reader, child_ids: Sequence[str]) -> dict[str, Latest]:
    """Return what the index has of the facts of each of these children; no record is read."""
    rows = {row.child_id: row for row in child_facts.of_children(reader, child_ids)}
    return {id: _as_counted(rows.get(id)) for id in child_ids}


def latest_of(
    reader: Reader, child_ids: Sequence[str], *, today: date, holidays_for: HolidaysFor
) -> dict[str, Latest]:
    """Return what is known of the facts of each of these children; the first who wait are counted now.

    A fault with one of them takes away nobody else: what was known before is returned, with what to do.
    """
    latest, left = {}, COUNTED_NOW
    for id, known in in_index(reader, child_ids).items():
        if known.is_waiting and left:
            known, left = _counted_now(reader, id, known, today, holidays_for), left - 1
        latest[id] = known
    return latest


def _counted_now(reader: Reader, id: str, before: Latest, today: date, holidays_for: HolidaysFor) -> Latest:
    try:
        return Latest(count_child(reader, id, today=today, holidays_for=holidays_for), is_waiting=False)
    except store_faults():
        raise
    except Exception as fault:  # whatever it is, the others must not wait for it
        note_not_counted(fault)
        return replace(before, refused=NOT_COUNTED)


def _as_counted(row: child_facts.CountedFacts | None) -> Latest:
    found = from_row(row) if row else None
    return Latest(found, is_waiting=row is None or found is None or row.has_changed)


def counted(facts: Facts, today: date) -> Counted:
    """Return what an index holds of the facts of a child."""
    found = facts.findings.found if facts.findings else ()
    return Counted(found, today, facts.known_until, facts.refused, facts.has_record)


def _count(store: Store, child_id: str, now: datetime, holidays_for: HolidaysFor) -> str:
    with store.write_beside(by=SYSTEM, at=now) as write:
        mark = child_facts.begin(write, child_id)
    found = count_child(store, child_id, today=uk_day(now), holidays_for=holidays_for)
    with store.write_beside(by=SYSTEM, at=now) as write:
        child_facts.keep(write, child_id, mark, uk_day(now), as_row(found))
    return child_id


def as_row(found: Counted) -> Row:
    """Return what was counted as fields for a row."""
    return {
        "made_as": MADE_AS,
        "found": [_fact_row(one) for one in found.found],
        "known_until": _day_text(found.known_until),
        "refused": found.refused,
        "has_record": found.has_record,
    }


def from_row(kept: child_facts.CountedFacts) -> Counted | None:
    """Return what was counted, None where nobody has yet, or a release did whose rows are others."""
    said = kept.said
    if kept.counted_on is None or said.get("made_as") != MADE_AS:
        return None
    return Counted(
        found=tuple(map(_fact, said["found"])),
        counted_on=kept.counted_on,
        known_until=_day(said["known_until"]),
        refused=said["refused"],
        has_record=said["has_record"],
    )


def _fact_row(one: FoundFact) -> Row:
    return vars(one) | {"signal": vars(one.signal), "day": _day_text(one.day), "where": list(one.where)}


def _fact(row: Row) -> FoundFact:
    signal = row["signal"]
    known = {"tag": Tag(signal["tag"]), "visibility": Visibility(signal["visibility"])}
    return FoundFact(
        **row | {"signal": Signal(**signal | known), "day": _day(row["day"]), "where": tuple(row["where"])}
    )


def _day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
