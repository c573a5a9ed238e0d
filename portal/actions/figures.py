"""Figures of a place, and of a whole region: counted from the store as it is now, and recorded as read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fhir import kept_figures, sights
from fhir.organization import from_organization
from fhir.store import Reader, Store
from fhir.store.sight import Sight
from plans.errors import PuffinError
from plans.figures import (
    QUARTERS,
    Outcome,
    PlanFigures,
    Quarter,
    Shown,
    Where,
    by_month,
    counted,
    in_quarter,
    plans_counted,
    plans_shown,
    quarter_of,
    shown,
)
from plans.places import Role
from plans.review import Review
from plans.working_days import uk_day, uk_moment
from portal.actions.school.places import schools_seen
from portal.person import Person

Window = tuple[datetime, datetime]
HIDDEN = "hidden"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
PRACTICE_NOT_KNOWN = "GP practice not known"
CELLS = (
    "place",
    "period",
    "discharges",
    *Outcome,
    "not-brought",
    "median-hours",
    "children",
    "plans-current",
    "plans-taught",
)
OFFERED = 8  # quarters to choose from, this one the newest


class NoSuchQuarter(PuffinError):
    def __init__(self) -> None:
        super().__init__("Choose a quarter that has begun, such as 2026-Q4.")


@dataclass(frozen=True)
class PlaceFigures:
    """The figures of a place, as they are shown there.

    `months` are the 12 months that end with `quarter`, oldest first, and `quarters` the four that they make.
    `practices` is the chosen quarter by practice, for a region alone. `plans` is as of `today`.
    """

    place: str
    quarter: Quarter
    months: Mapping[date, Shown]
    quarters: Mapping[Quarter, Shown]
    practices: Mapping[str, Shown]
    plans: PlanFigures
    today: date

    @property
    def chosen(self) -> Shown:
        return self.quarters[self.quarter]

    @property
    def begun(self) -> dict[date, Shown]:
        """Return the months that have begun: of those to come there is nothing to show."""
        return {month: one for month, one in self.months.items() if month <= self.today}

    @property
    def chosen_months(self) -> dict[date, Shown]:
        return {month: one for month, one in self.begun.items() if month in self.quarter.months}

    @property
    def most(self) -> int:
        """Return the greatest number of discharges shown for one month."""
        return max(one.discharges or 0 for one in self.months.values())

    def lines(self) -> Iterator[tuple[str, ...]]:
        """Yield the cells of a file, in the order of CELLS."""
        for line in self.as_json():
            yield tuple(_cell(line, name) for name in CELLS)

    def as_json(self) -> Iterator[dict[str, object]]:
        """Yield one object for each line: None where there is nothing to say, "hidden" for what is hidden."""
        for month, one in self.months.items():
            yield _line(self.place, f"{month:%Y-%m}", one)
        for quarter, one in self.quarters.items():
            yield _line(self.place, str(quarter), one)
        for name, one in self.practices.items():
            yield _line(name, str(self.quarter), one)
        told = (self.plans.children, self.plans.current, self.plans.taught)
        values = [HIDDEN if number is None else number for number in told]
        names = ("children", "plans-current", "plans-taught")
        yield {"place": self.place, "period": self.today.isoformat(), **dict(zip(names, values, strict=True))}


def quarter_from(text: str, today: date) -> Quarter:
    """Return the quarter that an address or a command names, this one for ""; raises NoSuchQuarter."""
    offered = {str(one): one for one in quarters_offered(today)}
    if text and text not in offered:
        raise NoSuchQuarter
    return offered[text] if text else quarter_of(today)


def quarters_offered(today: date) -> list[Quarter]:
    """Return the quarters that can be chosen, the newest first."""
    return [quarter_of(today).back(number) for number in range(OFFERED)]


def figures_here(store: Store, person: Person, quarter: Quarter, where: Where, now: datetime) -> PlaceFigures:
    """Return the figures of the place where somebody works, as shown on its page or in a file.

    Of a practice the reviews that it owns, of a hospital those that it asked for, of school nurses those of
    the children of their schools whom they see. Each reading is recorded.
    """
    sight = sights.sight_of(store, person.role, person.organisation_id, now)
    schools = schools_seen(store, person, now) if person.role is Role.SCHOOL_NURSE else None
    children = kept_figures.children_of(store, sight, schools)
    found = REVIEWS_OF[person.role](store, person.organisation_id, sight, _window(quarter))
    reviews = [one for one in found if schools is None or one.child_id in children]
    with store.write_beside(by=person.ref, at=now) as write:
        write.audit("R", f"Organization/{person.organisation_id}", None, f"see the figures: {where}")
    seen = _Seen(person.organisation_name, reviews, _plans(store, sight, children, now))
    return _figures(seen, quarter, where, now)


def figures_of_region(store: Store, quarter: Quarter, *, by: str, at: datetime) -> PlaceFigures:
    """Return the figures of every place here together, with the quarter by practice; recorded as read."""
    reviews = kept_figures.reviews_between(store, _window(quarter))
    plans = _plans(store, None, kept_figures.children_of(store, None, None), at)
    names = {one["id"]: from_organization(one).name for one in store.search("Organization")}
    with store.write_beside(by=by, at=at) as write:
        write.audit("R", detail="see the figures of the region")
    return _figures(_Seen("Region", reviews, plans, names), quarter, Where.REGION, at)


@dataclass(frozen=True)
class _Seen:
    """What figures are made of; `names` of the practices for a region alone."""

    place: str
    reviews: list[Review]
    plans: PlanFigures
    names: Mapping[str, str] | None = None


def _owned(reader: Reader, id: str, _: Sight, window: Window) -> list[Review]:
    """Return the reviews of a practice; while no practice is known, a hospital owns what it asked for."""
    return kept_figures.reviews_between(reader, window, owner=f"Organization/{id}")


def _asked_for(reader: Reader, id: str, _: Sight, window: Window) -> list[Review]:
    return kept_figures.reviews_between(reader, window, requester=f"Organization/{id}")


def _in_sight(reader: Reader, _: str, sight: Sight, window: Window) -> list[Review]:
    return kept_figures.reviews_between(reader, window, sight)


REVIEWS_OF: Mapping[Role, Callable[[Reader, str, Sight, Window], list[Review]]] = {
    Role.CLINICIAN: _owned,
    Role.HOSPITAL: _asked_for,
    Role.SCHOOL_NURSE: _in_sight,
}
READERS = tuple(REVIEWS_OF)


def _window(quarter: Quarter) -> Window:
    """Return the first moment of the year that ends with a quarter, and the first one after it, in UTC."""
    first, after = quarter.back(QUARTERS - 1).months[0], quarter.last + timedelta(days=1)
    return uk_moment(first, time.min), uk_moment(after, time.min)


def _plans(reader: Reader, sight: Sight | None, children: set[str], now: datetime) -> PlanFigures:
    living = children - kept_figures.children_who_died(reader, sight)
    plans = [one for one in kept_figures.plans_now(reader, sight) if one.child_id in living]
    return plans_counted(len(living), plans, uk_day(now))


def _figures(seen: _Seen, quarter: Quarter, where: Where, now: datetime) -> PlaceFigures:
    months: dict[date, Shown] = {}
    quarters: dict[Quarter, Shown] = {}
    for one in (quarter.back(number) for number in range(QUARTERS - 1, -1, -1)):
        parts = by_month(seen.reviews, one, now)
        each, quarters[one] = shown(list(parts.values()), counted(in_quarter(seen.reviews, one), now), where)
        months |= dict(zip(parts, each, strict=True))
    return PlaceFigures(
        place=seen.place,
        quarter=quarter,
        months=months,
        quarters=quarters,
        practices=_by_practice(seen, quarter, where, now),
        plans=plans_shown(seen.plans, where),
        today=uk_day(now),
    )


def _by_practice(seen: _Seen, quarter: Quarter, where: Where, now: datetime) -> dict[str, Shown]:
    """Return the quarter of each practice by its name and id, for a region; nothing for a place."""
    if seen.names is None:
        return {}
    of: dict[str, list[Review]] = {}
    for review in in_quarter(seen.reviews, quarter):
        of.setdefault(review.owner_id, []).append(review)
    parts = [counted(reviews, now) for reviews in of.values()]
    each, _ = shown(parts, counted(in_quarter(seen.reviews, quarter), now), where)
    named = ((_name(id, seen.names), one) for id, one in zip(of, each, strict=True))
    return dict(sorted(named, key=lambda pair: pair[0].casefold()))


def _name(id: str, names: Mapping[str, str]) -> str:
    """Return a name that no other practice has, as two may be called the same."""
    if not id:
        return PRACTICE_NOT_KNOWN
    name = names[id]
    return name if list(names.values()).count(name) == 1 else f"{name} ({id})"


def _line(place: str, period: str, one: Shown) -> dict[str, object]:
    numbers = {which.value: one.outcome(which) for which in Outcome}
    counts = {"discharges": one.discharges, **numbers, "not-brought": one.not_brought}
    hours = round(one.median_hours, 1) if one.median_hours is not None else None
    return {
        "place": place,
        "period": period,
        **{name: HIDDEN if number is None else number for name, number in counts.items()},
        "median-hours": HIDDEN if one.hides_rest else hours,
    }


def _cell(line: Mapping[str, object], name: str) -> str:
    """Return a cell; what a spreadsheet would take for a formula begins with an apostrophe."""
    value = line.get(name)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
