"""A child's own inhaler and spacer at school, as last checked there, and what school lacks for the child.

What is printed as a month is taken to be good until that month's last day, and fourteen days of notice are
design: both wait for a clinician (U).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from plans.month_year import MonthYear
from plans.school_form import NotWhole
from plans.working_days import uk_day

NOTICE = timedelta(days=14)
COMES_BACK_AFTER = timedelta(days=7)  # once the practice has answered and nobody has seen it at school (U)
LONGEST_PLACE = 200  # letters
MOST_DOSES = 400  # more than any inhaler holds: a slip of the pen


class Spacer(StrEnum):
    """Whether the child's spacer is at school."""

    THERE = "there"
    MISSING = "missing"
    NOT_USED = "not-used"


class InhalerState(StrEnum):
    """How the child's own inhaler at school stands on a day."""

    THERE = "there"
    MISSING = "missing"
    EMPTY = "empty"
    EXPIRED = "expired"
    EXPIRES_SOON = "expires-soon"
    NOT_CHECKED = "not-checked"


class Need(StrEnum):
    """What school lacks for a child, or soon will."""

    NO_INHALER = "no-inhaler"
    EMPTY = "empty"
    EXPIRED = "expired"
    EXPIRES_SOON = "expires-soon"
    NO_SPACER = "no-spacer"


NEED_OF: Mapping[InhalerState, tuple[Need, ...]] = {
    InhalerState.THERE: (),
    InhalerState.MISSING: (Need.NO_INHALER,),
    InhalerState.EMPTY: (Need.EMPTY,),
    InhalerState.EXPIRED: (Need.EXPIRED,),
    InhalerState.EXPIRES_SOON: (Need.EXPIRES_SOON,),
    InhalerState.NOT_CHECKED: (),
}

# What the practice reads.
NEED_WORDS: Mapping[Need, str] = {
    Need.NO_INHALER: "School has no inhaler for this child.",
    Need.EMPTY: "The inhaler at school is empty.",
    Need.EXPIRED: "The inhaler at school has expired.",
    Need.EXPIRES_SOON: "The inhaler at school expires within 14 days.",
    Need.NO_SPACER: "School has no spacer for this child.",
}


@dataclass(frozen=True)
class SchoolInhaler:
    """What one check at school found. `doses_left` is None where nobody counted.

    `checked_by` is a PractitionerRole id: who, and for which school or team.
    """

    child_id: str
    school_id: str
    is_there: bool
    spacer: Spacer
    checked_by: str
    checked_at: datetime
    place: str = ""
    expires: MonthYear | None = None
    doses_left: int | None = None


@dataclass(frozen=True)
class AsChecked:
    """How the inhaler stands on a day by its last check at this school, and where that check found it.

    `place` is "" where it was not there; `expires_on` is the last day on which it is good.
    """

    state: InhalerState
    checked_on: date
    place: str
    expires_on: date | None

    @property
    def is_lacking(self) -> bool:
        """Whether there is no inhaler that can be counted on: missing, empty or past its date."""
        return self.state in {InhalerState.MISSING, InhalerState.EMPTY, InhalerState.EXPIRED}


def checked(found: SchoolInhaler) -> SchoolInhaler:
    """Return the check; raises NotWhole for an inhaler without place or expiry."""
    if not found.is_there:
        return found
    if not found.place.strip() or len(found.place) > LONGEST_PLACE:
        raise NotWhole("place", "Write where the inhaler is kept, in up to 200 letters.")
    if found.expires is None:
        raise NotWhole(
            "expires-month", "Enter the month and the year of expiry as on the inhaler, like 11 2027."
        )
    if found.doses_left is not None and not 0 <= found.doses_left <= MOST_DOSES:
        raise NotWhole(
            "doses-left", "Enter the doses left as a number from 0 to 400, or leave the box empty."
        )
    return found


def state(found: SchoolInhaler | None, school_id: str, today: date) -> InhalerState:
    """Return how the inhaler stands; what another school had found says nothing about this one."""
    if found is None or found.school_id != school_id:
        return InhalerState.NOT_CHECKED
    if not found.is_there:
        return InhalerState.MISSING
    if found.doses_left == 0:
        return InhalerState.EMPTY
    if found.expires and found.expires.last_day < today:
        return InhalerState.EXPIRED
    if found.expires and found.expires.last_day <= today + NOTICE:
        return InhalerState.EXPIRES_SOON
    return InhalerState.THERE


def as_checked(found: SchoolInhaler | None, school_id: str, today: date) -> AsChecked | None:
    """Return what a reader at school is told beside the place; None where this school has not checked."""
    if found is None or found.school_id != school_id:
        return None
    return AsChecked(
        state=state(found, school_id, today),
        checked_on=uk_day(found.checked_at),
        place=found.place.strip() if found.is_there else "",
        expires_on=found.expires.last_day if found.expires else None,
    )


def needs(found: SchoolInhaler | None, school_id: str, today: date) -> tuple[Need, ...]:
    """Return what school lacks for the child on a day, as its last check says; nothing without a check."""
    if found is None or found.school_id != school_id:
        return ()
    spacer = (Need.NO_SPACER,) if found.spacer is Spacer.MISSING else ()
    return (*NEED_OF[state(found, school_id, today)], *spacer)


def words_of(lacking: tuple[Need, ...]) -> str:
    """Return what is lacking in plain sentences."""
    return " ".join(NEED_WORDS[need] for need in lacking)
