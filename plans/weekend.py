"""The weekend route: what prompts a person to decide who looks after a child until people work again.

The software prompts and never decides: there is no score, and "not needed" is a decision with a name and a
reason. What prompts is a fact of a published rule that was read (clinical reference 7 and 8, tag V), or a
person's word; where a local policy has made such a rule sooner, the fact names it. Which of those facts
prompt before a weekend is design (tag U).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from plans.errors import PuffinError
from plans.signals import FoundFact, Visibility
from plans.working_days import (
    ONE_DAY,
    SATURDAY,
    CalendarEnds,
    Holidays,
    in_utc,
    is_worked,
    next_working_day,
    uk_day,
    uk_moment,
    working_day_after,
)

LONG = timedelta(hours=24)
CHECK_BY = time(12)  # of the first working day: by then somebody says whether the child was seen (tag U)
LONGEST_WORDS = 500  # characters
LOOKED_AHEAD = 14  # days: how far before a holiday its list can be opened

# Rules of plans/signals.py, each with a source that was read. What is for a list alone is not (hazard 21).
PROMPTS = (
    "reliever-over-12",
    "reliever-over-1-a-month",
    "steroids-over-2",
    "admission",
    "ed-2-or-more",
    "review-after-attack-late",
    "review-after-attack-running",
)


class Word(StrEnum):
    """What prompts beside the facts: a person's word, or that nobody could count any facts."""

    NOT_SAFE = "not-safe"
    TONIGHT = "tonight"
    NOT_SAFE_TO_GO_HOME = "not-safe-to-go-home"
    NOT_COUNTED = "not-counted"


WORDS: Mapping[Word, str] = {
    Word.NOT_SAFE: "Somebody said that the child is not safe now: 2 or less of 10.",
    Word.TONIGHT: "Somebody said that somebody must act tonight.",
    Word.NOT_SAFE_TO_GO_HOME: "The hospital did not say that the child is safe at home before a weekend.",
    Word.NOT_COUNTED: "The facts about this child could not be counted, so nobody knows if there are any.",
}


class Way(StrEnum):
    """What a named person can decide on: one or more of the first three, or the last alone."""

    OUT_OF_HOURS = "out-of-hours"
    ON_CALL = "on-call"
    FAMILY_PLAN = "family-plan"
    NOT_NEEDED = "not-needed"


@dataclass(frozen=True)
class Row:
    """How a way is asked for."""

    title: str
    asks: str


WAYS: Mapping[Way, Row] = {
    Way.OUT_OF_HOURS: Row(
        "The out-of-hours team looks after the child",
        "Which team, who there took it over, and what do they do by when?",
    ),
    Way.ON_CALL: Row(
        "A professional on call looks after the child",
        "Their name, where they work, and what do they do by when?",
    ),
    Way.FAMILY_PLAN: Row(
        "The family has a plan for the weekend",
        "Who is with the child, what do they do, and whom do they phone?",
    ),
    Way.NOT_NEEDED: Row("No weekend route is needed", "Why is it not needed? Your name is kept with it."),
}


class NothingDecided(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "Write who looks after the child until people work again, or why that is not needed."
        )


class BothDecided(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write who looks after the child, or why that is not needed, but not both.")


class WordsTooLong(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write no more than 500 letters in each box.")


class DecidedBefore(PuffinError):
    """A form that was sent before came again in other words."""

    def __init__(self) -> None:
        super().__init__(
            "This form was sent before with other words, and those are kept. To keep these words as a new "
            "decision, send the form again."
        )


@dataclass(frozen=True)
class Decision:
    """What a named person decided for a child until `back_on`, the next working day.

    `about` is a reference to what prompted it. `by` is who decided, `organisation_id` where they work.
    """

    id: str
    child_id: str
    about: str
    by: str
    organisation_id: str
    at: datetime
    back_on: date
    ways: Mapping[Way, str]

    @property
    def needs_check(self) -> bool:
        """Return whether somebody is asked on the next working day if the child was seen."""
        return Way.NOT_NEEDED not in self.ways


@dataclass(frozen=True)
class Prompt:
    """Why the weekend route is offered, and the next working day."""

    reasons: tuple[str, ...]
    back_on: date


@dataclass(frozen=True)
class Gap:
    """Days on which nobody works: from `first` until the day before `back_on`."""

    first: date
    back_on: date

    @property
    def days(self) -> int:
        return (self.back_on - self.first).days


def back_on(now: datetime, holidays: Holidays) -> date:
    """Return the first working day after today; tomorrow where the holidays are not known."""
    return working_day_after(uk_day(now), holidays)


def is_before_a_gap(now: datetime, holidays: Holidays) -> bool:
    """Return whether the next working day begins more than 24 hours from now, or nobody knows it."""
    try:
        day = next_working_day(uk_day(now), holidays)
    except CalendarEnds:
        return True
    return uk_moment(day, time.min) - in_utc(now) > LONG


def prompting(found: Iterable[FoundFact]) -> tuple[FoundFact, ...]:
    """Return those facts that prompt and that every professional may read, in their order."""
    return tuple(
        one
        for one in found
        if one.signal.name in PROMPTS and one.signal.visibility is Visibility.PROFESSIONALS
    )


def prompt(
    found: Iterable[FoundFact], words: Iterable[Word], now: datetime, holidays: Holidays
) -> Prompt | None:
    """Return why the weekend route is offered now, None where nothing prompts or people work tomorrow."""
    reasons = [*(WORDS[one] for one in words), *map(_reason, prompting(found))]
    if not reasons or not is_before_a_gap(now, holidays):
        return None
    return Prompt(tuple(reasons), back_on(now, holidays))


def _reason(found: FoundFact) -> str:
    signal = found.signal
    return f"{signal.sentence} Source: {signal.source_said}."


def checked(decision: Decision) -> Decision:
    """Return it without what was left empty; raises NothingDecided, BothDecided and WordsTooLong."""
    ways = {way: words.strip() for way, words in decision.ways.items() if words.strip()}
    if not ways:
        raise NothingDecided
    if Way.NOT_NEEDED in ways and len(ways) > 1:
        raise BothDecided
    if any(len(words) > LONGEST_WORDS for words in ways.values()):
        raise WordsTooLong
    return replace(decision, ways=ways)


def check_by(off_from: date, holidays: Holidays) -> datetime:
    """Return by when somebody says whether the child was seen, in UTC.

    That is on the first working day after the days off have begun, however long they are for one team.
    """
    return uk_moment(working_day_after(off_from, holidays), CHECK_BY)


def next_gap(now: datetime, holidays: Holidays) -> Gap:
    """Return the next days on which nobody works; from the first of them on where today is one of them."""
    return _gap(uk_day(now), holidays)


def next_holiday(now: datetime, holidays: Holidays) -> Gap | None:
    """Return the next days off that hold a bank holiday, within two weeks; None without one."""
    today = uk_day(now)
    near = [day for day in sorted(holidays.days) if today <= day <= today + LOOKED_AHEAD * ONE_DAY]
    if not near:
        return None
    return _gap(near[0], holidays)


def _gap(day: date, holidays: Holidays) -> Gap:
    first = day
    while _works(first, holidays):
        first += ONE_DAY
    while not _works(first - ONE_DAY, holidays):
        first -= ONE_DAY
    last = first
    while not _works(last + ONE_DAY, holidays):
        last += ONE_DAY
    return Gap(first, last + ONE_DAY)


def _works(day: date, holidays: Holidays) -> bool:
    """Return whether people work on this day; past the known bank holidays weekends alone are known."""
    return is_worked(day, holidays, unknown=day.weekday() < SATURDAY)
