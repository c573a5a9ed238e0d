"""The end of a school year: which class a pupil is in next, and who is in the school's last year."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from plans.errors import PuffinError

# The year in which schools end: infants, first, primary, middle, secondary, with a sixth form.
LAST_YEARS = (2, 4, 6, 7, 8, 9, 11, 13)
EARLY = {"nursery": -1, "n": -1, "reception": 0, "r": 0, "year r": 0}
AFTER = {"nursery": "Reception", "n": "R", "reception": "Year 1", "r": "1", "year r": "Year 1"}
NUMBER = re.compile(r"\d+")
LAST_OF_ALL = 13
# From the first of June; before that nobody leaves for the summer. Undone until the end of August. Tag U.
FIRST_MONTH, LAST_MONTH = 6, 8


class LastYearMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Choose the last year group of this school: who is in it leaves.")


class NotInSummer(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "Classes move up in June, July and August. Choose a last day of term in those months."
        )


class AlreadyMovedUp(PuffinError):
    def __init__(self) -> None:
        super().__init__("The classes of this school have moved up this summer already.")


class InAClass(Protocol):
    """A pupil of a register."""

    @property
    def id(self) -> str: ...
    @property
    def class_name(self) -> str: ...
    @property
    def year(self) -> str: ...


@dataclass(frozen=True)
class Place:
    """The class and the year group that a pupil is in."""

    class_name: str
    year: str


@dataclass(frozen=True)
class YearEnd:
    """What one summer does to a register, by the ids of its pupils.

    `up` is where each moves to, `leaving` who is in the last year, `by_hand` whose class nobody can read:
    they stay where they are.
    """

    up: Mapping[str, Place]
    leaving: tuple[str, ...]
    by_hand: tuple[str, ...]


def year_end(pupils: Iterable[InAClass], *, last_year: int) -> YearEnd:
    """Return what the end of a school year does; raises LastYearMissing for no year in which schools end."""
    if last_year not in LAST_YEARS:
        raise LastYearMissing
    up: dict[str, Place] = {}
    leaving, by_hand = [], []
    for one in pupils:
        now = year_of(one.year) if one.year else year_of(one.class_name)
        if now is None:
            by_hand.append(one.id)
        elif now >= last_year:
            leaving.append(one.id)
        else:
            up[one.id] = Place(next_name(one.class_name), next_name(one.year))
    return YearEnd(up, tuple(leaving), tuple(by_hand))


def year_of(text: str) -> int | None:
    """Return the number of a year: Year 3, 3B and P3 are 3, Reception is 0, Nursery -1; None if unclear."""
    plain = text.strip().casefold()
    if plain in EARLY:
        return EARLY[plain]
    found = NUMBER.findall(plain)
    if len(found) != 1 or not 1 <= int(found[0]) <= LAST_OF_ALL:
        return None
    return int(found[0])


def next_name(text: str) -> str:
    """Return what a class is called a year later; a name without one year in it stays as it is."""
    now = year_of(text)
    if now is None:
        return text
    plain = text.strip().casefold()
    if plain in EARLY:
        return AFTER[plain]
    return NUMBER.sub(str(now + 1), text.strip())


def must_be_summer(last_day: date, *, today: date) -> None:
    """Raise NotInSummer for a last day of term in another season or year than this one."""
    if last_day.year != today.year or not FIRST_MONTH <= last_day.month <= LAST_MONTH:
        raise NotInSummer
    if not FIRST_MONTH <= today.month <= LAST_MONTH:
        raise NotInSummer


def may_be_undone(last_day: date, *, today: date) -> bool:
    """Return whether it is still the summer in which the classes moved up."""
    return today.year == last_day.year and today.month <= LAST_MONTH
