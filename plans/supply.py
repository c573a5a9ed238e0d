"""What inhalers were supplied, as a pharmacist reads it: counts, days and products. No reading of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from plans.gp_record import GpRecord
from plans.medicine_kinds import Kind
from plans.partial_date import PartialDate
from plans.record_medicines import Known, known
from plans.risk import HALF_YEAR, YEAR, Window, cover_percent, inhalers, window


@dataclass(frozen=True)
class Issue:
    """One supply: what it says on the record, how many inhalers, and the day as far as it is known."""

    name: str
    inhalers: int
    day: PartialDate


@dataclass(frozen=True)
class Supplied:
    """The supplies of one kind in the 12 months up to today, the newest first, and how many inhalers.

    A day that is known only in part may lie outside; `half` and `year` count it as risk.py counts it.
    """

    issues: tuple[Issue, ...]
    half: int
    year: int


@dataclass(frozen=True)
class InhalerSupply:
    """What was issued and collected up to `until`; the record's last supply of any kind was `known_until`.

    Covers are whole percents of the days, None where nothing says how many puffs a day are taken. `undated`
    are supplies of inhalers with no day at all, which are in no count.
    """

    until: date
    known_until: date | None
    relievers: Supplied
    preventers: Supplied
    cover_half: int | None
    cover_year: int | None
    undated: int


def supply_of(record: GpRecord, today: date) -> InhalerSupply:
    """Return the inhalers that the record says were supplied in the 12 months that end with `today`.

    Counted as `plans.risk.count` counts: an imprecise day may add a reliever and never adds a preventer.
    """
    return InhalerSupply(
        until=today,
        relievers=_supplied(record, today, lambda found: found.kind is Kind.RELIEVER, Window.may_hold),
        preventers=_supplied(record, today, lambda found: found.is_preventer, Window.surely_holds),
        cover_half=cover_percent(record, window(today, HALF_YEAR)),
        cover_year=cover_percent(record, window(today, YEAR)),
        undated=sum(one.day is None and _is_inhaler(known(one.medicine)) for one in record.supplies),
        known_until=max((one.day.last for one in record.supplies if one.day), default=None),
    )


def _is_inhaler(found: Known) -> bool:
    return found.kind is Kind.RELIEVER or found.is_preventer


Holds = Callable[[Window, PartialDate | None], bool]


def _supplied(record: GpRecord, today: date, is_it: Callable[[Known], bool], holds: Holds) -> Supplied:
    half, year = window(today, HALF_YEAR), window(today, YEAR)
    found = tuple(_issues(record, is_it, lambda day: holds(year, day)))
    in_half = sum(issue.inhalers for issue in found if holds(half, issue.day))
    return Supplied(found, in_half, sum(issue.inhalers for issue in found))


def _issues(
    record: GpRecord, is_it: Callable[[Known], bool], inside: Callable[[PartialDate | None], bool]
) -> Iterator[Issue]:
    dated = [(one.day, one) for one in record.supplies if one.day is not None]
    for day, one in sorted(dated, key=lambda pair: pair[0].last, reverse=True):
        if is_it(known(one.medicine)) and inside(day):
            yield Issue(one.medicine.text, inhalers(one), day)
