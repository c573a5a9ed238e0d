"""How much was supplied and how many attacks there were, counted from a record. Facts, never a score."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from plans.discharge_notice import VisitKind
from plans.gp_record import GpRecord, HospitalVisit, RepeatLine, Supply
from plans.medicine_kinds import Kind
from plans.partial_date import PartialDate, months_before
from plans.record_medicines import (
    Known,
    daily_puffs,
    known,
    preventer_lines,
    running_since,
)
from plans.working_days import uk_day

HALF_YEAR, YEAR = 6, 12  # months
DOSE_UNITS = frozenset({"dose", "puff", "actuation", "inhalation"})
DEVICE_UNITS = frozenset({"", "inhaler", "device", "unit", "pack", "cartridge"})


@dataclass(frozen=True)
class Window:
    """The days after `after`, up to and including `until`."""

    after: date
    until: date

    def may_hold(self, day: PartialDate | None) -> bool:
        """Return whether any day that is meant lies inside."""
        return day is not None and day.last > self.after and day.first <= self.until

    def surely_holds(self, day: PartialDate | None) -> bool:
        """Return whether every day that may be meant lies inside."""
        return day is not None and day.first > self.after and day.last <= self.until


@dataclass(frozen=True)
class Counts:
    """What was counted. Reliever and preventer in inhalers, the rest in times; cover in percent of the days.

    A cover of None: no single preventer with a daily dose in numbers, so there is nothing to divide by.
    """

    reliever_6m: int
    reliever_12m: int
    preventer_6m: int
    preventer_12m: int
    steroid_courses_12m: int
    nebuliser_liquid_12m: int
    admissions_12m: int
    ed_12m: int
    not_brought_12m: int
    preventer_cover_6m_percent: int | None = None
    preventer_cover_12m_percent: int | None = None

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name, without those that cannot be given."""
        return {name: value for name, value in vars(self).items() if value is not None}


def count(record: GpRecord, today: date) -> Counts:
    """Return the counts for the 6 and 12 months that end with `today`.

    Where only a month or year is known, what shows over-use is counted if it may lie inside, and a
    preventer only if it surely does: an imprecise date must not make a record look safer.
    """
    half, year = window(today, HALF_YEAR), window(today, YEAR)
    supplies = record.supplies
    return Counts(
        reliever_6m=_inhalers(supplies, _is_reliever, half.may_hold),
        reliever_12m=_inhalers(supplies, _is_reliever, year.may_hold),
        preventer_6m=_inhalers(supplies, _is_preventer, half.surely_holds),
        preventer_12m=_inhalers(supplies, _is_preventer, year.surely_holds),
        steroid_courses_12m=len({one.day for one in _of(supplies, Kind.STEROID_COURSE, year)}),
        nebuliser_liquid_12m=len(_of(supplies, Kind.NEBULISER_LIQUID, year)),
        admissions_12m=len(attacks(record, VisitKind.STAY, year)),
        ed_12m=len(attacks(record, VisitKind.EMERGENCY, year)),
        not_brought_12m=sum(year.may_hold(day) for day in record.not_brought),
        preventer_cover_6m_percent=cover_percent(record, half),
        preventer_cover_12m_percent=cover_percent(record, year),
    )


def window(today: date, months: int) -> Window:
    """Return the last so many calendar months, today included."""
    return Window(after=months_before(today, months), until=today)


def inhalers(supply: Supply) -> int:
    """Return how many inhalers were supplied: "2 inhaler" is two, "120 dose" one where the device holds 120.

    Whatever cannot be told from the quantity counts as one, because something was supplied.
    """
    quantity, unit = supply.quantity, supply.unit.strip().lower().removesuffix("s")
    doses = known(supply.medicine).doses
    if not quantity or quantity < 0:
        return 1
    in_doses = unit in DOSE_UNITS or (unit in DEVICE_UNITS and doses and quantity >= doses)
    if in_doses:
        return max(1, round(quantity / doses)) if doses else 1
    return max(1, int(quantity)) if unit in DEVICE_UNITS else 1


def attacks(record: GpRecord, kind: VisitKind, within: Window) -> tuple[HospitalVisit, ...]:
    """Return the hospital visits of this kind for asthma or wheeze; one that goes on counts by its start."""
    return tuple(
        visit
        for visit in record.visits
        if visit.kind is kind
        and visit.is_attack
        and (moment := visit.discharged_at or visit.admitted_at)
        and within.after < uk_day(moment) <= within.until
    )


def cover(record: GpRecord, within: Window) -> Fraction | None:
    """Return for how many percent of the days the preventer collected would have lasted.

    Inhalers x doses in the device / daily puffs / days, of the window or since it was started if that is
    later (clinical reference 7, preventer life). None without a single preventer with a daily dose.
    """
    lines = preventer_lines(record, within.until)
    if len(lines) != 1:
        return None
    line, puffs, doses = lines[0], daily_puffs(lines[0]), known(lines[0].medicine).doses
    started = running_since(line, _same_dose(record, line))
    if not puffs or not doses:
        return None
    if started and started > within.after:
        # A supply on the day that it was started is the first one for it.
        within = Window(after=date.fromordinal(started.toordinal() - 1), until=within.until)
        days = (within.until - started).days
    else:
        days = (within.until - within.after).days
    if days < 1:
        return None
    got = _inhalers(record.supplies, lambda found: found == known(line.medicine), within.surely_holds)
    return Fraction(100 * got * doses, puffs * days)


def cover_percent(record: GpRecord, within: Window) -> int | None:
    """Return the cover to the nearest percent."""
    percent = cover(record, within)
    return None if percent is None else floor(percent + Fraction(1, 2))


def _same_dose(record: GpRecord, line: RepeatLine) -> list[RepeatLine]:
    return [
        one
        for one in record.lines
        if one is not line
        and known(one.medicine) == known(line.medicine)
        and daily_puffs(one) == daily_puffs(line)
    ]


def _inhalers(
    supplies: Iterable[Supply],
    is_it: Callable[[Known], bool],
    is_inside: Callable[[PartialDate | None], bool],
) -> int:
    return sum(inhalers(one) for one in supplies if is_it(known(one.medicine)) and is_inside(one.day))


def _of(supplies: Iterable[Supply], kind: Kind, within: Window) -> list[Supply]:
    return [one for one in supplies if known(one.medicine).kind is kind and within.may_hold(one.day)]


def _is_reliever(found: Known) -> bool:
    return found.kind is Kind.RELIEVER


def _is_preventer(found: Known) -> bool:
    return found.is_preventer
