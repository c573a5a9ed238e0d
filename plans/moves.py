"""A child who moves to another school or practice: from where, to where, from when, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from plans.errors import PuffinError

LONGEST_AHEAD = timedelta(days=366)
LONGEST_BACK = timedelta(days=366 * 2)


class MoveKind(StrEnum):
    SCHOOL = "school"
    PRACTICE = "practice"


class MoveState(StrEnum):
    """A school is left on a day; a practice is left once the next one has accepted the child."""

    PLANNED = "planned"
    OFFERED = "offered"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


OPEN = frozenset({MoveState.PLANNED, MoveState.OFFERED})


class MoveRefused(PuffinError):
    """A move that cannot be as it was entered; says what to do."""


@dataclass(frozen=True)
class Move:
    """One move of a child. `to_id` is "" where the next place is not known, or is not here.

    `to_code` is the ODS code of the next practice as it was typed. `task_id` asks the next practice.
    """

    id: str
    kind: MoveKind
    child_id: str
    from_id: str
    to_id: str
    on_day: date
    state: MoveState
    recorded_by: str
    recorded_at: datetime
    to_code: str = ""
    task_id: str = ""
    ended_by: str = ""
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


def must_be_possible(*, from_id: str, to_id: str, on_day: date, today: date) -> None:
    """Raise MoveRefused for a move to where the child is, or on a day that must be a slip."""
    if from_id == to_id:
        raise MoveRefused("Choose another place than the one where the child is now.")
    if not today - LONGEST_BACK <= on_day <= today + LONGEST_AHEAD:
        raise MoveRefused("Check the day of the move: it is more than a year ahead, or long ago.")
