"""What this store knows of a child beside the GP record, and both together with nothing counted twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from plans.gp_record import GpRecord, HospitalVisit
from plans.partial_date import PartialDate, on
from plans.school_log import SchoolEntry
from plans.school_term import Absence
from plans.working_days import uk_day


@dataclass(frozen=True)
class NotRead:
    """A reader of the live plan of whom somebody was told that they have not read it in time."""

    reader_name: str
    asked_on: date


@dataclass(frozen=True)
class KnownHere:
    """What was told, signed or written down here.

    `visits` are stays that a hospital told and the record does not hold, `reviews` those that closed a clock
    (in UTC), `signed` the days of the plans that were signed and not withdrawn. `at_school` are entries of
    the log that stand. `steroids` are the days of discharges with which a hospital told of a course of them.
    `inhaler_at_school` is the day of a check that found the child's own inhaler there.
    """

    visits: tuple[HospitalVisit, ...] = ()
    reviews: tuple[datetime, ...] = ()
    not_brought: tuple[date, ...] = ()
    signed: tuple[date, ...] = ()
    not_read: tuple[NotRead, ...] = ()
    at_school: tuple[SchoolEntry, ...] = ()
    absences: tuple[Absence, ...] = ()
    severe_allergies: tuple[str, ...] = ()
    steroids: tuple[date, ...] = ()
    inhaler_at_school: date | None = None


NOTHING = KnownHere()


@dataclass(frozen=True)
class Together:
    """The record with what is known here in it; `doubts` say what may be one thing or two."""

    record: GpRecord
    here: KnownHere
    doubts: tuple[str, ...] = ()


def together(record: GpRecord, here: KnownHere) -> Together:
    """Return both as one record: what stands in both is in it once.

    A stay is the same by its number or the moment of its end. Two that ended on one day, and an appointment
    on a day that the record knows in part, are counted as one, and said to be doubtful.
    """
    new_visits, visit_doubts = _new(here.visits, record.visits)
    missed = [day for day in here.not_brought if not any(_holds(known, day) for known in record.not_brought)]
    return Together(
        record=replace(
            record,
            visits=(*record.visits, *new_visits),
            reviews=(*record.reviews, *here.reviews),
            not_brought=(*record.not_brought, *map(on, missed)),
            plans_on_file=(*record.plans_on_file, *map(on, here.signed)),
        ),
        here=replace(here, visits=new_visits, not_brought=tuple(missed)),
        doubts=(*visit_doubts, *_missed_doubts(here.not_brought, record.not_brought)),
    )


def _new(
    told: Iterable[HospitalVisit], known: tuple[HospitalVisit, ...]
) -> tuple[tuple[HospitalVisit, ...], tuple[str, ...]]:
    """Return the stays that the record does not hold, and a sentence for each that may be one of its own."""
    new: list[HospitalVisit] = []
    doubts: list[str] = []
    for visit in told:
        day = _ended_on(visit)
        same_day = [one for one in (*known, *new) if _ended_on(one) == day is not None]
        if any(_is_same(one, visit) for one in (*known, *new)):
            continue
        if day and same_day:
            said = on(day).in_words
            doubts.append(f"Two sources tell of a discharge on {said}. It is counted once: check it.")
            continue
        new.append(visit)
    return tuple(new), tuple(doubts)


def _missed_doubts(told: Iterable[date], known: Iterable[PartialDate]) -> Iterator[str]:
    for day in told:
        if any(_holds(one, day) and not one.is_exact for one in known):
            said = on(day).in_words
            yield f"An appointment missed on {said} may be one of the GP record. It is counted once."


def _is_same(one: HospitalVisit, other: HospitalVisit) -> bool:
    if one.visit and one.visit == other.visit:
        return True
    return one.discharged_at is not None and one.discharged_at == other.discharged_at


def _ended_on(visit: HospitalVisit) -> date | None:
    return uk_day(visit.discharged_at) if visit.discharged_at else None


def _holds(known: PartialDate, day: date) -> bool:
    return known.first <= day <= known.last
