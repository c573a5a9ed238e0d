"""The terms that school figures are kept by, and how much of a term a child missed.

The days on which a term begins and ends here are design (U): school calendars differ, so three parts of the
year stand for them, and pages say from which day on they count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from plans.products import Tag
from plans.school_form import NotWhole

MOST_SESSIONS = 200  # a slip of the pen: a term of two sessions a day is shorter


class Season(StrEnum):
    """Which term of a school year."""

    AUTUMN = "autumn"
    SPRING = "spring"
    SUMMER = "summer"


BEGINS = ((Season.SPRING, 1), (Season.SUMMER, 4), (Season.AUTUMN, 8))  # the month's first day
ENDS = {Season.SPRING: (3, 31), Season.SUMMER: (7, 31), Season.AUTUMN: (12, 31)}


@dataclass(frozen=True)
class Term:
    """A term: autumn 2026 is from 1 August to 31 December 2026."""

    season: Season
    year: int

    @property
    def begins(self) -> date:
        return date(self.year, dict(BEGINS)[self.season], 1)

    @property
    def ends(self) -> date:
        return date(self.year, *ENDS[self.season])

    @property
    def name(self) -> str:
        return f"{self.season} term {self.year}"

    @property
    def key(self) -> str:
        return f"{self.year}-{self.season}"


@dataclass(frozen=True)
class Absence:
    """Sessions (half days) that a child missed in a term of those possible: numbers, never a reason.

    `school_id` is the school that counted them, "" where that was not kept.
    """

    child_id: str
    term: Term
    missed: int
    possible: int
    kept_by: str
    kept_at: datetime
    school_id: str = ""

    @property
    def percent(self) -> float:
        return 100 * self.missed / self.possible


@dataclass(frozen=True)
class AbsenceFact:
    """A fact about absence that a professional should look at, with where it was published."""

    at_least: int  # percent
    words: str
    source: str
    tag: Tag


# Source: clinical reference 7, school absence.
FACTS = (
    AbsenceFact(
        50, "Severe absence: 50% or more of sessions missed.", "Department for Education", Tag.UNCONFIRMED
    ),
    AbsenceFact(
        10, "Persistent absence: 10% or more of sessions missed.", "Department for Education", Tag.UNCONFIRMED
    ),
)


def term_of(day: date) -> Term:
    """Return the term that a day belongs to."""
    season = next(season for season, month in reversed(BEGINS) if day.month >= month)
    return Term(season, day.year)


def terms_before(day: date, count: int) -> Iterator[Term]:
    """Yield the term of a day and those before it, `count` in all, the newest first."""
    seasons = [season for season, _ in BEGINS]
    term = term_of(day)
    for _ in range(count):
        yield term
        place = seasons.index(term.season)
        term = Term(seasons[place - 1], term.year - (place == 0))


def checked(absence: Absence) -> Absence:
    """Return the figures; raises NotWhole for more missed than possible."""
    if not 1 <= absence.possible <= MOST_SESSIONS:
        raise NotWhole("possible", "Enter how many sessions were possible: a number from 1 to 200.")
    if not 0 <= absence.missed <= absence.possible:
        raise NotWhole("missed", "Enter how many of those sessions were missed: no more than were possible.")
    return absence


def fact_about(absence: Absence) -> AbsenceFact | None:
    """Return the fact that published figures make of an absence, None below the first."""
    return next((fact for fact in FACTS if absence.percent >= fact.at_least), None)
