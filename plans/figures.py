"""Figures of a place: what became of each discharge, by month and quarter, and whose plans are current.

When a review is late is follow_up.standing's to say. What leaves a place hides small numbers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median

from plans.follow_up import State, standing
from plans.products import Tag
from plans.review import Review
from plans.working_days import in_utc, uk_day

MONTHS_IN_QUARTER = 3
QUARTERS = 4  # on one page: a year that ends with the chosen quarter


class Outcome(StrEnum):
    """What became of a discharge that was told: each has one."""

    IN_TIME = "reviewed-in-time"
    LATE = "reviewed-late"
    NEVER = "never"  # still open, and past the due day
    NOT_DUE = "not-due-yet"
    NOT_NEEDED = "not-needed"
    CANCELLED = "cancelled"
    DIED = "died"


OUTCOMES: Mapping[State, Outcome] = {
    State.RUNNING: Outcome.NOT_DUE,
    State.HOURS_48_PASSED: Outcome.NOT_DUE,
    State.DUE_TODAY: Outcome.NOT_DUE,
    State.OVERDUE: Outcome.NEVER,
    State.REVIEWED_IN_TIME: Outcome.IN_TIME,
    State.REVIEWED_LATE: Outcome.LATE,
    State.NOT_NEEDED: Outcome.NOT_NEEDED,
    State.CANCELLED: Outcome.CANCELLED,
    State.DIED: Outcome.DIED,
}
REVIEWED = frozenset({Outcome.IN_TIME, Outcome.LATE})


class Where(StrEnum):
    """Where figures are read."""

    OWN_PAGE = "own page"
    FILE = "file"
    REGION = "region"


# Source: none that we hold gives a number, so the rule is design. A place knows its own children, so that its
# own page shows what was counted; a file can be handed on, and a region has no child of its own.
HIDES_SMALL: Mapping[Where, bool] = {Where.OWN_PAGE: False, Where.FILE: True, Where.REGION: True}
LARGEST_SMALL = 4  # a number from 1 to this is hidden
SMALL_TAG = Tag.UNCONFIRMED


@dataclass(frozen=True)
class Figures:
    """What became of some discharges; `not_brought` counts those with at least one visit not brought to.

    `median_hours` is from leaving hospital to the review, in real hours, None where none was reviewed.
    """

    outcomes: Mapping[Outcome, int]
    not_brought: int = 0
    median_hours: float | None = None

    @property
    def discharges(self) -> int:
        """Return how many discharges were told, those that were cancelled too."""
        return sum(self.outcomes.values())

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return all that is counted beside the discharges themselves."""
        return (*self.outcomes.values(), self.not_brought)


@dataclass(frozen=True)
class Shown:
    """Figures as somebody is shown them: None is a number that is hidden. `of` is what was counted."""

    of: Figures
    hides_discharges: bool = False
    hides_rest: bool = False

    @property
    def discharges(self) -> int | None:
        return None if self.hides_discharges else self.of.discharges

    @property
    def not_brought(self) -> int | None:
        return None if self.hides_rest else self.of.not_brought

    @property
    def median_hours(self) -> float | None:
        return None if self.hides_rest else self.of.median_hours

    def outcome(self, which: Outcome) -> int | None:
        """Return how many became this, None where it is hidden."""
        return None if self.hides_rest else self.of.outcomes[which]


@dataclass(frozen=True)
class PlanNow:
    """The live plan of one child. `taught` is whether a teach-back was recorded when it was signed."""

    child_id: str
    review_by: date
    taught: bool


@dataclass(frozen=True)
class PlanFigures:
    """How many children there are now, how many have a current plan, and of those how many were taught it.

    A plan is current while it is signed, not ended, and the day of its review has not passed. All are None
    where they are hidden.
    """

    children: int | None
    current: int | None
    taught: int | None


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a calendar year, such as the fourth of 2026."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def months(self) -> tuple[date, ...]:
        """Return the first day of each of its months."""
        first = (self.number - 1) * MONTHS_IN_QUARTER + 1
        return tuple(date(self.year, first + month, 1) for month in range(MONTHS_IN_QUARTER))

    @property
    def last(self) -> date:
        """Return its last day."""
        after = self.back(-1)
        return after.months[0] - timedelta(days=1)

    def back(self, quarters: int) -> "Quarter":
        """Return the quarter that lies so many before this one."""
        year, number = divmod(self.year * QUARTERS + self.number - 1 - quarters, QUARTERS)
        return Quarter(year, number + 1)


def quarter_of(day: date) -> Quarter:
    """Return the quarter that a day lies in."""
    return Quarter(day.year, (day.month - 1) // MONTHS_IN_QUARTER + 1)


def counted(reviews: Iterable[Review], now: datetime) -> Figures:
    """Return what became of these discharges by `now`; raises NaiveDatetime."""
    outcomes, hours, not_brought = dict.fromkeys(Outcome, 0), [], 0
    for review in reviews:
        stands = standing(review.events, review.discharged_at, review.due, now)
        outcome = OUTCOMES[stands.state]
        outcomes[outcome] += 1
        not_brought += bool(stands.times_not_brought)
        if outcome in REVIEWED and stands.closed_by:
            hours.append((in_utc(stands.closed_by.at) - in_utc(review.discharged_at)) / timedelta(hours=1))
    return Figures(outcomes, not_brought, median(hours) if hours else None)


def by_month(reviews: Iterable[Review], quarter: Quarter, now: datetime) -> dict[date, Figures]:
    """Return the figures of each month of a quarter by its first day: that of leaving hospital, in the UK."""
    months: dict[date, list[Review]] = {month: [] for month in quarter.months}
    for review in reviews:
        months.get(uk_day(review.discharged_at).replace(day=1), []).append(review)
    return {month: counted(found, now) for month, found in months.items()}


def in_quarter(reviews: Iterable[Review], quarter: Quarter) -> list[Review]:
    """Return those of the reviews whose child left hospital in a quarter, in UK time."""
    return [one for one in reviews if quarter_of(uk_day(one.discharged_at)) == quarter]


def plans_counted(children: int, plans: Iterable[PlanNow], today: date) -> PlanFigures:
    """Return how many children have a current plan, and how many of them were taught it."""
    current = [one for one in plans if one.review_by >= today]
    return PlanFigures(children, len(current), sum(one.taught for one in current))


def shown(parts: Sequence[Figures], whole: Figures, where: Where) -> tuple[tuple[Shown, ...], Shown]:
    """Return the figures of parts and of the whole that they add up to, as they are shown there.

    What is small is hidden with all that it stands beside, and never one part alone: it could be worked out
    from the whole. So at least two parts with discharges are hidden, or none, wherever the whole is shown.
    """
    if not HIDES_SMALL[where]:
        return tuple(map(Shown, parts)), Shown(whole)
    small = {n for n, part in enumerate(parts) if _is_small(part.discharges)}
    rest = {n for n, part in enumerate(parts) if n in small or any(map(_is_small, part.numbers))}
    discharges = _never_one_alone(small, parts)
    rest = _never_one_alone(rest | discharges, parts)
    hidden = tuple(Shown(part, n in discharges, n in rest) for n, part in enumerate(parts))
    return hidden, _alone(whole)


def plans_shown(plans: PlanFigures, where: Where) -> PlanFigures:
    """Return the figures of plans as they are shown there: all of them, or none where one is small."""
    children, current, taught = plans.children or 0, plans.current or 0, plans.taught or 0
    numbers = (children - current, current - taught, taught)
    if HIDES_SMALL[where] and any(map(_is_small, numbers)):
        return PlanFigures(None, None, None)
    return plans


def _is_small(number: int) -> bool:
    return 1 <= number <= LARGEST_SMALL


def _alone(one: Figures) -> Shown:
    is_small = _is_small(one.discharges)
    return Shown(one, is_small, is_small or any(map(_is_small, one.numbers)))


def _never_one_alone(hidden: set[int], parts: Sequence[Figures]) -> set[int]:
    """Return what is hidden, with the part of the fewest discharges beside where there is but one."""
    others = [n for n, part in enumerate(parts) if n not in hidden and part.discharges]
    if len(hidden) != 1 or not others:
        return hidden
    return hidden | {min(others, key=lambda n: parts[n].discharges)}
