"""How many relievers and preventers were supplied in each month of a year, to be drawn and read beside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plans.gp_record import GpRecord, Supply
from plans.medicine_kinds import Kind
from plans.partial_date import PartialDate, months_before
from plans.record_medicines import known
from plans.risk import YEAR, inhalers, window


@dataclass(frozen=True)
class Month:
    """One month by its first day, and how many inhalers of each kind were supplied in it."""

    first: date
    relievers: int
    preventers: int


@dataclass(frozen=True)
class SupplyByMonth:
    """The 12 months that end with the month of a day, the oldest first.

    `relievers_undated` and `preventers_undated` may have been supplied in these months; in which is unknown.
    """

    months: tuple[Month, ...]
    relievers_undated: int
    preventers_undated: int

    @property
    def most(self) -> int:
        """Return the greatest number of one kind in one month."""
        return max(max(one.relievers, one.preventers) for one in self.months)


def supply_by_month(record: GpRecord, today: date) -> SupplyByMonth:
    """Return the inhalers of each month as risk.py counts inhalers; today's month is not over yet."""
    firsts = [months_before(today.replace(day=1), back) for back in range(YEAR)][::-1]
    relievers = [one for one in record.supplies if known(one.medicine).kind is Kind.RELIEVER]
    preventers = [one for one in record.supplies if known(one.medicine).is_preventer]
    months = tuple(Month(first, _in(relievers, first), _in(preventers, first)) for first in firsts)
    return SupplyByMonth(months, _undated(relievers, today), _undated(preventers, today))


def _in(supplies: Iterable[Supply], first: date) -> int:
    return sum(inhalers(one) for one in supplies if _month_of(one.day) == first)


def _month_of(day: PartialDate | None) -> date | None:
    """Return the first day of the one month that a day surely lies in."""
    if day is None or day.first.replace(day=1) != day.last.replace(day=1):
        return None
    return day.first.replace(day=1)


def _undated(supplies: Iterable[Supply], today: date) -> int:
    year = window(today, YEAR)
    unsure = (one for one in supplies if _month_of(one.day) is None)
    return sum(inhalers(one) for one in unsure if one.day is None or year.may_hold(one.day))
